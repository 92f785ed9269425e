package dev.pgkeep.postgres.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server, and what the connected role may do there.
 *
 * @param version as the server prints it, for instance {@code 15.18 (Debian 15.18-0+deb12u1)}
 * @param versionNumber for instance 150018
 * @param encoding of the connected database
 * @param systemIdentifier identity of the cluster, where the role may read it
 * @param standby whether the server is in recovery, so that nothing can be written
 * @param role the connected role
 * @param superuser whether that is a superuser
 * @param createDatabases whether it may create databases (a superuser always may)
 * @param bypassRowSecurity whether it sees all rows whatever the policies say
 * @param address the server's own address of this connection; empty for a unix socket
 * @param dataDirectory where the server says its data is, where the role may know
 */
public record ServerInfo(
        String version,
        int versionNumber,
        String encoding,
        Optional<String> systemIdentifier,
        boolean standby,
        String role,
        boolean superuser,
        boolean createDatabases,
        boolean bypassRowSecurity,
        Optional<String> address,
        Optional<String> dataDirectory) {

    public int major() {
        return versionNumber / 10_000;
    }

    /** The version without the packager's words, for instance {@code 15.18}. */
    public String shortVersion() {
        return version.split(" ", 2)[0];
    }

    /** Whether the server runs on this machine, as far as its address tells. */
    public boolean isLocal() {
        return address.isEmpty()
                || address.get().startsWith("127.")
                || address.get().equals("::1");
    }

    /** The data folder, when it is on this machine and can be seen: its disk is the server's disk. */
    public Optional<Path> localDataDirectory() {
        return isLocal() ? dataDirectory.map(Path::of).filter(Files::isDirectory) : Optional.empty();
    }
}
