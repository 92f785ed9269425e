package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.Tool;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which tables' rows pg_dump itself would dump with these filters: its patterns, search path and exceptions
 * are its own, so it is asked. An archive begins with its table of contents, so that pg_restore can list it while
 * pg_dump has hardly begun with rows; then pg_dump is ended.
 */
final class FilteredTables {
    /** {@code 3359; 0 16385 TABLE DATA public orders app}: dump id, class (none), and the table's OID. */
    private static final Pattern TABLE_DATA = Pattern.compile("^\\d+; 0 (\\d+) TABLE DATA ");

    private final ChunkedDumpRequest order;
    private final String snapshot;

    FilteredTables(ChunkedDumpRequest order, String snapshot) {
        this.order = order;
        this.snapshot = snapshot;
    }

    List<CopyTable> among(List<CopyTable> tables, Cancellation cancellation) {
        Set<Long> chosen = oids(cancellation);
        return tables.stream().filter(table -> chosen.contains(table.oid())).toList();
    }

    private Set<Long> oids(Cancellation cancellation) {
        Set<Long> oids = new HashSet<>();
        List<String> lines = new ArrayList<>();
        LibpqEnvironment environment = order.target().toolEnvironment(order.application());
        Cancellation listed = new Cancellation();
        ClientProcess dump = new ClientProcess(command())
                .environment(environment.set())
                .without(environment.unset())
                .charset(order.encoding())
                .stdoutTo(archive -> {
                    lines.addAll(list(archive, cancellation));
                    // Without any it has failed, and is about to say why.
                    if (!lines.isEmpty()) {
                        listed.cancel();
                    }
                });
        try (var registration = cancellation.onCancel(listed::cancel)) {
            ClientResult result = dump.run(listed);
            if (!result.ok()) {
                throw ClientErrors.translate(Tool.PG_DUMP, result, ErrorCode.DUMP_FAILED);
            }
        } catch (dev.pgkeep.base.error.PgkeepException e) {
            cancellation.check();
            if (lines.isEmpty()) {
                throw e;
            }
        }
        for (String line : lines) {
            Matcher matcher = TABLE_DATA.matcher(line);
            if (matcher.find()) {
                oids.add(Long.parseLong(matcher.group(1)));
            }
        }
        return oids;
    }

    private List<String> list(java.io.InputStream archive, Cancellation cancellation) throws IOException {
        List<String> lines = new ArrayList<>();
        ClientResult result = new ClientProcess(order.tools().command(Tool.PG_RESTORE, "--list"))
                .stdinFrom(out -> copy(archive, out))
                .stdoutTo(listing -> new String(listing.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .lines()
                        .forEach(lines::add))
                .run(cancellation);
        if (!result.ok() && lines.isEmpty()) {
            return lines;
        }
        return lines;
    }

    /** Copies the archive until pg_restore has seen enough. */
    private static void copy(java.io.InputStream archive, OutputStream out) throws IOException {
        archive.transferTo(out);
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(order.tools().command(Tool.PG_DUMP));
        command.add("--format=custom");
        command.add("--compress=0");
        command.add("--snapshot=" + snapshot);
        command.add("--lock-wait-timeout=" + order.lockTimeout().toMillis());
        command.addAll(order.filters());
        return command;
    }
}
