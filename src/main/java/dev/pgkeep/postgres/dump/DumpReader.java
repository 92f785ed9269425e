package dev.pgkeep.postgres.dump;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a dump of any format to its end, as the script that it stands for. */
public final class DumpReader {
    private final Supplier<ClientSet> tools;
    private final Cancellation cancellation;

    /** @param tools programs that can read the archive; not used for plain scripts */
    public DumpReader(ClientSet tools, Cancellation cancellation) {
        this(() -> tools, cancellation);
    }

    /** @param tools chooses programs that can read the archive; asked only when one of them has to run */
    public DumpReader(Supplier<ClientSet> tools, Cancellation cancellation) {
        this.tools = tools;
        this.cancellation = cancellation;
    }

    /**
     * Reads everything, decompressing it to the end, and says what is in it.
     *
     * @param progress receives bytes of the script as they are read
     * @throws PgkeepException BACKUP_DAMAGED when it is cut off or cannot be read, SCRIPT_REFUSED when it holds
     *     commands that no dump has
     */
    public DumpContents scan(DumpFile dump, Progress progress) {
        DumpScan scan = new DumpScan(null);
        int expected = dump.format().isArchive() ? checkFiles(dump) : 0;
        open(dump, List.of(), in -> scan.read(in, bytes -> report(progress, bytes)));
        DumpContents contents = whole(dump, scan);
        if (dump.format().isArchive() && !contents.inserts() && scan.copies() != expected) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED,
                    dump.path() + " is damaged: it lists the rows of " + Sizes.count(expected, "table") + ", and holds "
                            + scan.copies(),
                    "choose another backup: pgkeep list");
        }
        return contents;
    }

    /** Looks at what pg_restore takes no offence at. Returns how many tables have rows in the archive. */
    private int checkFiles(DumpFile dump) {
        ArchiveListing listing = list(dump);
        switch (dump.format()) {
            case DIRECTORY -> DataFiles.check(dump.path(), listing);
            case TAR -> {
                try (InputStream in = stream(dump.path(), dump)) {
                    TarMembers.check(in, dump.path(), listing);
                } catch (IOException e) {
                    cancellation.check();
                    throw Decompression.damaged(dump.path(), e);
                }
            }
            case CUSTOM, PLAIN -> {}
        }
        return listing.ofType("TABLE DATA").size();
    }

    /**
     * Writes the chosen part of the script.
     *
     * @param options further options for pg_restore, for instance {@code --use-list}
     * @param skipped receives a line for everything that was left out against the script's word
     * @return what was in the dump, chosen or not
     * @throws IOException when {@code out} takes no more, which is no fault of the dump
     */
    public DumpContents copy(
            DumpFile dump, List<String> options, ScriptChoice choice, OutputStream out, Set<String> skipped)
            throws IOException {
        Outlet outlet = new Outlet(out);
        ToldSettings settings = new ToldSettings();
        try {
            return pass(dump, options, choice, new ScriptText(outlet, settings), settings, skipped);
        } catch (PgkeepException e) {
            outlet.rethrow();
            throw e;
        }
    }

    /**
     * Hands the chosen part of the script to somebody who runs it, piece by piece.
     *
     * @param options further options for pg_restore, for instance {@code --use-list}
     * @param session how statements are read where they go
     * @param skipped receives a line for everything that was left out against the script's word
     * @return what was in the dump, chosen or not
     */
    public DumpContents pass(
            DumpFile dump,
            List<String> options,
            ScriptChoice choice,
            ScriptVisitor to,
            ScriptSettings session,
            Set<String> skipped) {
        ScriptFilter filter = new ScriptFilter(to, session, choice);
        DumpScan scan = new DumpScan(filter, session);
        open(dump, options, in -> scan.read(in, bytes -> cancellation.check()));
        skipped.addAll(filter.skipped());
        return whole(dump, scan);
    }

    /**
     * The table of contents of an archive.
     *
     * @throws PgkeepException BACKUP_DAMAGED when it is cut off or makes no sense
     */
    public ArchiveListing list(DumpFile dump) {
        try (InputStream in = ArchiveVersion.openToc(dump)) {
            Optional<ArchiveListing> listing = ArchiveToc.read(in);
            return listing.isPresent() ? listing.get() : listed(dump);
        } catch (IOException e) {
            cancellation.check();
            throw Decompression.damaged(dump.path(), e);
        }
    }

    /**
     * The statements in an archive, in restore order; empty for a script, and for an archive whose layout only its own
     * pg_restore knows.
     *
     * @throws PgkeepException BACKUP_DAMAGED when it is cut off or makes no sense
     */
    public Optional<List<ArchiveListing.Definition>> definitions(DumpFile dump) {
        if (!dump.format().isArchive()) {
            return Optional.empty();
        }
        try (InputStream in = ArchiveVersion.openToc(dump)) {
            return ArchiveToc.definitions(in);
        } catch (IOException e) {
            cancellation.check();
            throw Decompression.damaged(dump.path(), e);
        }
    }

    /**
     * The statements in an archive as the bytes that they are; empty for a script, and for an archive whose layout only
     * its own pg_restore knows.
     *
     * @throws PgkeepException BACKUP_DAMAGED when it is cut off or makes no sense
     */
    public Optional<ArchiveStatements> statements(DumpFile dump) {
        if (!dump.format().isArchive()) {
            return Optional.empty();
        }
        try (InputStream in = ArchiveVersion.openToc(dump)) {
            return ArchiveToc.statements(in);
        } catch (IOException e) {
            cancellation.check();
            throw Decompression.damaged(dump.path(), e);
        }
    }

    private ArchiveListing listed(DumpFile dump) {
        ByteArrayOutputStream listing = new ByteArrayOutputStream();
        List<String> command = tools.get().command(Tool.PG_RESTORE, "--list", "--verbose");
        command.remove("--no-password");
        ClientProcess process = archive(dump, command).stdoutTo(in -> in.transferTo(listing));
        check(dump, process.run(cancellation));
        return ListedText.parse(listing.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private DumpContents whole(DumpFile dump, DumpScan scan) {
        scan.missingEnd().ifPresent(missing -> {
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED,
                    dump.path() + " is cut off: " + missing,
                    "choose another backup: pgkeep list");
        });
        return scan.contents();
    }

    private void open(DumpFile dump, List<String> options, ClientProcess.OutputConsumer reader) {
        if (dump.format().isArchive()) {
            List<String> command = tools.get().command(Tool.PG_RESTORE, "--file=-");
            command.remove("--no-password");
            command.addAll(options);
            check(dump, archive(dump, command).stdoutTo(reader).run(cancellation));
        } else {
            try (InputStream in = stream(dump.path(), dump)) {
                reader.take(in);
            } catch (PgkeepException e) {
                throw e.code() == ErrorCode.SCRIPT_REFUSED
                        ? e.during(dump.path().toString())
                        : e;
            } catch (IOException e) {
                cancellation.check();
                throw Decompression.damaged(dump.path(), e);
            }
        }
    }

    private ClientProcess archive(DumpFile dump, List<String> command) {
        if (dump.isReadableByPath()) {
            command.add(dump.path().toString());
            return new ClientProcess(command);
        }
        command.add("--format=" + dump.format().word());
        return new ClientProcess(command).stdinFrom(feeder(dump));
    }

    /** Writes the archive without the compression around it, for a program that reads it from its input. */
    public ClientProcess.Feeder feeder(DumpFile dump) {
        return out -> {
            try (InputStream in = stream(dump.path(), dump)) {
                in.transferTo(out);
            }
        };
    }

    /** The bytes of a dump file without the compression around it. */
    private static InputStream stream(Path path, DumpFile dump) throws IOException {
        InputStream raw = RegularFile.open(path);
        try {
            return Decompression.open(raw, dump.wrapping());
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static void check(DumpFile dump, ClientResult result) {
        if (!result.ok()) {
            PgkeepException cause = ClientErrors.translate(Tool.PG_RESTORE, result, ErrorCode.BACKUP_DAMAGED);
            throw cause.code() == ErrorCode.BACKUP_DAMAGED
                    ? new PgkeepException(
                            ErrorCode.BACKUP_DAMAGED,
                            dump.path() + " is cut off or damaged (" + cause.getMessage() + ")",
                            "choose another backup: pgkeep list",
                            cause)
                    : cause;
        }
    }

    private void report(Progress progress, long bytes) {
        cancellation.check();
        progress.advance(new Progress.Amount(0, 0, bytes, null));
    }

    /** Remembers that it was the reader at the other end that gave up, not the dump. */
    private static final class Outlet extends OutputStream {
        private final OutputStream out;
        private @Nullable IOException failure;

        private Outlet(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        private void rethrow() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
