package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.units.ShellWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code .pgpass}: lines of {@code host:port:database:user:password}, {@code *} for anything, a backslash before
 * a colon or backslash. As in libpq the first line that fits counts, and a file that others can read is ignored.
 */
final class PasswordFile {
    private static final List<PosixFilePermission> OTHERS = List.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final List<List<String>> entries;

    private PasswordFile(List<List<String>> entries) {
        this.entries = entries;
    }

    /** A file that is missing has no entries; one that must not be used has none either, and a note says why. */
    static PasswordFile read(Path file, List<String> notes) {
        if (!Files.exists(file)) {
            return new PasswordFile(List.of());
        }
        if (!Files.isRegularFile(file)) {
            notes.add("the password file " + file + " is ignored: it is not a plain file");
            return new PasswordFile(List.of());
        }
        try {
            if (readableByOthers(file)) {
                notes.add("the password file " + file + " is ignored because others can read it: chmod 600 "
                        + ShellWords.word(file.toString()));
                return new PasswordFile(List.of());
            }
            return new PasswordFile(Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(PasswordFile::fields)
                    .filter(fields -> fields.size() == 5)
                    .toList());
        } catch (IOException e) {
            notes.add("the password file " + file + " is ignored: it cannot be read");
            return new PasswordFile(List.of());
        }
    }

    Optional<Secret> find(Endpoint endpoint, String database, String user) {
        boolean defaultSocket = endpoint.isUnixSocket() && DefaultSocket.FOLDERS.contains(Path.of(endpoint.host()));
        return entries.stream()
                .filter(entry -> fits(entry.get(0), endpoint.host())
                        || (defaultSocket && entry.get(0).equals("localhost")))
                .filter(entry -> fits(entry.get(1), Integer.toString(endpoint.port())))
                .filter(entry -> fits(entry.get(2), database))
                .filter(entry -> fits(entry.get(3), user))
                .map(entry -> new Secret(entry.get(4)))
                .findFirst();
    }

    private static boolean fits(String pattern, String value) {
        return pattern.equals("*") || pattern.equals(value);
    }

    /** Splits at colons; the last field keeps further colons. */
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean escaped = false;
        for (char letter : line.toCharArray()) {
            if (!escaped && letter == '\\') {
                escaped = true;
            } else if (!escaped && letter == ':' && fields.size() < 4) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(letter);
                escaped = false;
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static boolean readableByOthers(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return OTHERS.stream().anyMatch(permissions::contains);
    }
}
