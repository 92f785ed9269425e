package dev.pgkeep.app.trust;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.PrivateMode;
import dev.pgkeep.base.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The list of what one user has allowed: a file of lines {@code SHA-256 KEY PATH}, outside of every project. The hash
 * is that of a key's value, or with the key {@code *} that of the whole content of a file that others may write. Who
 * could write this file could run programs as its owner, so it is not read when others can.
 */
public final class TrustList {
    /** The word in place of a key that stands for the file itself. */
    static final String CONTENT = "*";

    private static final int FIELDS = 3;

    private final Path path;
    private final Account account;

    /** @param path need not exist */
    public TrustList(Path path, Account account) {
        this.path = path;
        this.account = account;
    }

    /**
     * One line of the list.
     *
     * @param hash SHA-256 in hexadecimal
     * @param key a key of the configuration, or {@code *}
     * @param file its path without links
     */
    public record Entry(String hash, String key, String file) {
        static Entry of(NamedProgram program) {
            return new Entry(
                    Sha256.hex(program.value().getBytes(StandardCharsets.UTF_8)), program.key(), real(program.file()));
        }

        static Entry ofContent(Path file, byte[] content) {
            return new Entry(Sha256.hex(content), CONTENT, real(file));
        }

        /** Whether it is about the file itself. */
        public boolean isContent() {
            return key.equals(CONTENT);
        }
    }

    public Path path() {
        return path;
    }

    /** @throws PgkeepException CONFIG_UNTRUSTED when others may have written the list, NO_PERMISSION, FILE_FAILED */
    public Set<Entry> entries() {
        try {
            if (!Files.exists(path)) {
                return Set.of();
            }
            Optional<String> objection = Ownership.objection(path, account);
            if (objection.isPresent()) {
                throw new PgkeepException(
                        ErrorCode.CONFIG_UNTRUSTED,
                        "the list of what you trust cannot be relied on: " + path + " " + objection.get(),
                        "make it yours alone (chown, chmod 600), or remove it and allow again what you need");
            }
            Set<Entry> entries = new LinkedHashSet<>();
            for (String line : Files.readAllLines(path)) {
                String[] fields = line.split(" ", FIELDS);
                if (fields.length == FIELDS && !line.startsWith("#")) {
                    entries.add(new Entry(fields[0], fields[1], fields[2]));
                }
            }
            return entries;
        } catch (IOException e) {
            throw FileProblem.explain(
                    e, "cannot read " + path, problem -> "check its owner and its mode, or remove it");
        }
    }

    /** Whether anything is known about the content of a file; only then is it worth reading. */
    boolean knowsContent(Path file) {
        String real = real(file);
        return entries().stream()
                .anyMatch(entry -> entry.isContent() && entry.file().equals(real));
    }

    /**
     * Adds entries; older ones for the same key of the same file stay, so that going back to an older version of a
     * project asks nothing.
     */
    void add(Collection<Entry> more) {
        Set<Entry> all = new LinkedHashSet<>(entries());
        if (all.addAll(more)) {
            write(all);
        }
    }

    /**
     * Takes back what was allowed for some files.
     *
     * @return what was removed
     */
    public List<Entry> remove(Predicate<Entry> which) {
        Set<Entry> all = new LinkedHashSet<>(entries());
        List<Entry> gone = all.stream().filter(which).toList();
        gone.forEach(all::remove);
        if (!gone.isEmpty()) {
            write(all);
        }
        return gone;
    }

    private void write(Collection<Entry> entries) {
        StringBuilder text =
                new StringBuilder("# What pgkeep trust allowed: SHA-256, key (* is the file itself), file\n");
        entries.forEach(entry -> text.append(entry.hash() + " " + entry.key() + " " + entry.file())
                .append('\n'));
        try {
            Path target = Files.isSymbolicLink(path) ? path.toRealPath() : path;
            Path folder = target.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder, PrivateMode.FOLDER.attributes(folder));
            }
            Path temporary = target.resolveSibling(target.getFileName() + "." + Long.toHexString(System.nanoTime()));
            try (var channel = Files.newByteChannel(
                    temporary,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PrivateMode.FILE.attributes(target))) {
                channel.write(java.nio.ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw FileProblem.explain(
                    e,
                    "cannot write " + path,
                    problem -> "check the folder, choose another with XDG_CONFIG_HOME, or set " + Trust.VARIABLE);
        }
    }

    /** The real path of a file; as it is written where it is gone. */
    public static String real(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize().toString();
        }
    }
}
