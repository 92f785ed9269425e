package dev.pgkeep.operation.refresh.ssh;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.PrivateMode;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.ShellWords;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files at a place on another machine: what there is, and copies of some of them. */
final class RemoteFiles {
    /** The kind of thing that a place is. */
    enum Kind {
        FILE,
        /** A folder that pg_dump wrote. */
        DUMP,
        FOLDER,
        NOTHING
    }

    /** @param files paths below the place, with slashes, and their bytes; for a file alone its name */
    record Found(Kind kind, SortedMap<String, Long> files) {}

    private static final Pattern LISTED = Pattern.compile("\\s*([0-9]{1,18}) \\./(.+)");
    private static final int BUFFER = 1 << 16;
    private static final int FILES_AT_ONCE = 100;

    private final RemotePlace place;
    private final Ssh ssh;
    private final Progress progress;

    RemoteFiles(RemotePlace place, Ssh ssh, Progress progress) {
        this.place = place;
        this.ssh = ssh;
        this.progress = progress;
    }

    Found look() {
        String script = """
                p=%s
                if [ -f "$p" ]; then
                    echo file
                    wc -c < "$p"
                elif [ -d "$p" ]; then
                    if [ -f "$p/toc.dat" ] || [ -f "$p/toc.dat.gz" ]; then echo dump; else echo folder; fi
                    cd "$p" || exit 1
                    find . -type f ! -path './work/*' ! -path './locks/*' ! -path './runs/*' ! -path './passing/*' \
                -exec wc -c {} +
                else
                    echo nothing
                fi
                exit 0
                """.formatted(place.quotedPath());
        return ssh.run(script, output -> read(new String(output.readAllBytes(), StandardCharsets.UTF_8)));
    }

    /**
     * Copies files, with the same paths below a folder.
     *
     * @throws PgkeepException FILE_FAILED when one is not there any more or has another length now; DISK_FULL
     */
    void fetch(Collection<String> names, Map<String, Long> sizes, Path folder) {
        List<String> wanted = names.stream()
                .filter(name -> !Files.exists(inside(folder, name)))
                .toList();
        long total = wanted.stream().mapToLong(name -> bytes(sizes, name)).sum();
        checkSpace(folder, total);
        if (wanted.isEmpty()) {
            return;
        }
        StringBuilder script = new StringBuilder("cd " + place.quotedPath() + " || exit 1\n");
        for (int i = 0; i < wanted.size(); i += FILES_AT_ONCE) {
            script.append("cat");
            wanted.subList(i, Math.min(wanted.size(), i + FILES_AT_ONCE))
                    .forEach(name -> script.append(' ').append(ShellWords.quoted("./" + name)));
            script.append(" || exit 1\n");
        }
        ssh.run(script.append("exit 0\n").toString(), output -> {
            long done = 0;
            for (String name : wanted) {
                done = copy(output, bytes(sizes, name), inside(folder, name), name, done, total);
            }
            if (output.read() >= 0) {
                throw new EOFException("a file has grown");
            }
            return done;
        });
    }

    /** Copies the file that the place itself is. */
    void fetchFile(long bytes, Path file) {
        checkSpace(file.resolveSibling("."), bytes);
        ssh.run(
                "exec cat < " + place.quotedPath() + "\n",
                output -> copy(output, bytes, file, place.fileName(), 0, bytes));
    }

    private long copy(InputStream from, long bytes, Path file, String name, long before, long total)
            throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (OutputStream to = Files.newOutputStream(file)) {
            PrivateMode.FILE.set(file);
            byte[] buffer = new byte[BUFFER];
            long left = bytes;
            while (left > 0) {
                int length = from.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (length < 0) {
                    throw new EOFException(name + " is shorter than it was");
                }
                to.write(buffer, 0, length);
                left -= length;
                long done = before + bytes - left;
                progress.advance(new Progress.Amount(done, total, done, name));
            }
        }
        return before + bytes;
    }

    private static long bytes(Map<String, Long> sizes, String name) {
        return Objects.requireNonNull(sizes.get(name), name);
    }

    private Found read(String printed) {
        List<String> lines = printed.lines().toList();
        SortedMap<String, Long> files = new TreeMap<>();
        Kind kind = lines.isEmpty()
                ? Kind.NOTHING
                : switch (lines.getFirst()) {
                    case "file" -> Kind.FILE;
                    case "dump" -> Kind.DUMP;
                    case "folder" -> Kind.FOLDER;
                    default -> Kind.NOTHING;
                };
        if (kind == Kind.FILE) {
            files.put(place.fileName(), Long.valueOf(lines.getLast().strip()));
        }
        for (String line : lines) {
            Matcher match = LISTED.matcher(line);
            if (match.matches()) {
                files.put(match.group(2), Long.valueOf(match.group(1)));
            }
        }
        return new Found(kind, files);
    }

    /** A name from over there, below the folder and nowhere else. */
    static Path inside(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED, "a file over there has a name that leads elsewhere: " + name, "look at it");
        }
        return file;
    }

    private static void checkSpace(Path folder, long bytes) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < bytes) {
                throw new PgkeepException(
                        ErrorCode.DISK_FULL,
                        "to fetch the backup takes " + dev.pgkeep.base.units.Sizes.text(bytes) + ", and "
                                + dev.pgkeep.base.units.Sizes.text(free) + " are free in " + folder,
                        "free space, or choose another folder for your own backups with --repo");
            }
        } catch (IOException e) {
            // Then writing will tell.
        }
    }
}
