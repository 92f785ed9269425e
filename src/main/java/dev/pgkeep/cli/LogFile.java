package dev.pgkeep.cli;

import dev.pgkeep.app.trust.Ownership;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.cli.render.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log of {@code --log-file}: everything that is printed is appended to a file as well, line by line and without
 * secrets, whoever printed them. Only its owner may read the file, whatever the umask says.
 */
final class LogFile implements AutoCloseable {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private final ProcessContext around;
    private final @Nullable OutputStream log;
    private final List<LogLines> lines = new ArrayList<>();

    private LogFile(ProcessContext around, @Nullable OutputStream log) {
        this.around = around;
        this.log = log;
    }

    /**
     * @param file null for no log
     * @throws PgkeepException FILE_FAILED, NO_PERMISSION, DISK_FULL; REFUSED for a file that somebody else laid there
     */
    static LogFile open(ProcessContext around, @Nullable Path file) {
        if (file == null) {
            return new LogFile(around, null);
        }
        Path path = around.workingDirectory().resolve(file);
        try {
            return new LogFile(around, append(path, around));
        } catch (IOException e) {
            throw FileProblem.explain(
                    e, "cannot write the log file " + file, problem -> "check the path of --log-file, and its folder");
        }
    }

    Console console(Console.Screen screen, Cancellation cancellation) {
        OutputStream to = log;
        return to == null
                ? new Console(around.out(), around.err(), around.in(), screen, cancellation)
                // What moves on a terminal is no use in a file, so with a log there are lines instead.
                : new Console(
                        both(around.out(), to), both(around.err(), to), around.in(), screen.plain(), cancellation);
    }

    /** Writes what was held back because its line has not ended. */
    @Override
    public void close() {
        for (LogLines each : lines) {
            each.end();
        }
        OutputStream to = log;
        if (to != null) {
            try {
                to.close();
            } catch (IOException e) {
                // Everything that is in it was flushed before.
            }
        }
    }

    private static OutputStream append(Path path, ProcessContext around) throws IOException {
        boolean open = Ownership.isInOpenFolder(path);
        Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        if (open) {
            // There anybody can lay a link or a file of his own, and wait.
            refuseForeign(path, around);
            options.add(LinkOption.NOFOLLOW_LINKS);
        }
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
                : new FileAttribute<?>[0];
        OutputStream log = Channels.newOutputStream(Files.newByteChannel(path, options, mode));
        if (posix && Files.isRegularFile(path)) {
            restrict(path, around);
        }
        return log;
    }

    private static void refuseForeign(Path path, ProcessContext around) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Optional<String> stranger = Ownership.stranger(path, around.account());
        if (Files.isSymbolicLink(path) || stranger.isPresent()) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    "the log file " + path
                            + stranger.map(owner -> " belongs to " + owner).orElse(" is a symbolic link")
                            + ", in a folder where everybody may write",
                    "name a file in a folder of your own");
        }
    }

    /** A file that was there before, and readable for others, becomes private too, where it is ours. */
    private static void restrict(Path path, ProcessContext around) throws IOException {
        if (Files.getPosixFilePermissions(path).equals(PRIVATE)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(path, PRIVATE);
        } catch (FileSystemException e) {
            around.err()
                    .println("warning: the log file " + path + " belongs to somebody else, who may let others read it");
        }
    }

    private PrintStream both(PrintStream stream, OutputStream log) {
        LogLines own = new LogLines(log);
        lines.add(own);
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int each) throws IOException {
                        write(new byte[] {(byte) each}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        stream.write(bytes, from, length);
                        own.write(bytes, from, length);
                    }

                    @Override
                    public void flush() {
                        stream.flush();
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }
}
