package dev.pgkeep.dump;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.progress.Cancellation;
import dev.pgkeep.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a dump of any format to its end, as the script that it stands for. */
public final class DumpReader {
    private final ClientSet tools;
    private final Cancellation cancellation;

    /** @param tools programs that can read the archive; not used for plain scripts */
    public DumpReader(ClientSet tools, Cancellation cancellation) {
        this.tools = tools;
        this.cancellation = cancellation;
    }

    /**
     * Reads everything, decompressing it to the end, and says what is in it.
     *
     * @param progress receives bytes of the script as they are read
     * @throws PgkeepException BACKUP_DAMAGED when it is cut off or cannot be read
     */
    public DumpContents scan(DumpFile dump, Progress progress) {
        DumpScan scan = new DumpScan(null);
        open(dump, List.of(), in -> scan.read(in, bytes -> report(progress, bytes)));
        return whole(dump, scan);
    }

    /**
     * Writes the chosen part of the script.
     *
     * @param options further options for pg_restore, for instance {@code --use-list}
     * @param skipped receives a line for everything that was left out against the script's word
     * @return what was in the dump, chosen or not
     */
    public DumpContents copy(
            DumpFile dump, List<String> options, ScriptChoice choice, OutputStream out, Set<String> skipped) {
        ScriptFilter filter = new ScriptFilter(out, choice);
        DumpScan scan = new DumpScan(filter);
        open(dump, options, in -> scan.read(in, bytes -> {}));
        skipped.addAll(filter.skipped());
        return whole(dump, scan);
    }

    /** The table of contents of an archive. */
    public ArchiveListing list(DumpFile dump) {
        List<String> lines = new ArrayList<>();
        List<String> command = tools.command(Tool.PG_RESTORE, "--list", "--verbose");
        command.remove("--no-password");
        ClientProcess process = archive(dump, command)
                .stdoutTo(in -> new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                        .lines()
                        .forEach(lines::add));
        check(dump, process.run(cancellation));
        return ArchiveListing.parse(lines);
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

    private void open(DumpFile dump, List<String> options, ClientProcess.Taker reader) {
        if (dump.format().isArchive()) {
            List<String> command = tools.command(Tool.PG_RESTORE, "--file=-");
            command.remove("--no-password");
            command.addAll(options);
            check(dump, archive(dump, command).stdoutTo(reader).run(cancellation));
        } else {
            try (InputStream in = stream(dump.path(), dump)) {
                reader.take(in);
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
        InputStream raw = Files.newInputStream(path);
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
}
