package dev.pgkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * Server programs that the build has copied to {@code target/postgres-servers}: jars that hold one compressed tar file
 * each. They are unpacked once, into a folder that the server's unprivileged user can enter, which a checkout is not
 * always.
 */
final class ServerArchives {
    private static final Path JARS = Path.of("target", "postgres-servers");

    private ServerArchives() {}

    /** The {@code bin} folders of all archives. */
    static List<Path> binFolders() {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(JARS)) {
            try (var jars = Files.newDirectoryStream(JARS, "*.jar")) {
                Path cache = cache();
                for (Path jar : jars) {
                    folders.add(unpacked(jar, cache).resolve("bin"));
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot unpack the server programs for tests", failure);
            }
        }
        return folders;
    }

    private static Path unpacked(Path jar, Path cache) throws IOException {
        Path folder = cache.resolve(jar.getFileName().toString().replace(".jar", ""));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Path fresh = Files.createTempDirectory(cache, "new-");
        extract(jar, fresh);
        Commands.run(List.of("chmod", "755", fresh.toString()));
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException impossibleInOneFolder) {
            throw impossibleInOneFolder;
        } catch (IOException anotherWasFaster) {
            delete(fresh);
            if (!Files.isDirectory(folder)) {
                throw anotherWasFaster;
            }
        }
        return folder;
    }

    private static void extract(Path jar, Path folder) throws IOException {
        Path archive = folder.resolve("programs.txz");
        try (var zip = new ZipFile(jar.toFile())) {
            var entry = zip.stream()
                    .filter(candidate -> candidate.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(jar + " holds no server programs"));
            try (var content = zip.getInputStream(entry)) {
                Files.copy(content, archive);
            }
        }
        var result = Commands.run(List.of("tar", "-xJf", archive.toString(), "-C", folder.toString()));
        if (result.status() != 0) {
            throw new IOException("tar cannot unpack " + jar + ": " + result.stderr());
        }
        Files.delete(archive);
    }

    /** One folder per user; somebody else's folder of that name is not trusted. */
    private static Path cache() throws IOException {
        String user = System.getProperty("user.name");
        Path cache = Path.of(System.getProperty("java.io.tmpdir"), "pgkeep-test-servers-" + user);
        Files.createDirectories(cache);
        Path probe = Files.createTempFile("pgkeep-test", ".probe");
        var ourselves = Files.getOwner(probe);
        Files.delete(probe);
        if (!Files.getOwner(cache, LinkOption.NOFOLLOW_LINKS).equals(ourselves)) {
            cache = Files.createTempDirectory("pgkeep-test-servers-");
        }
        Commands.run(List.of("chmod", "755", cache.toString()));
        return cache;
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
