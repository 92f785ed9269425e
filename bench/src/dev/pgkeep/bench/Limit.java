package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The fastest that anybody could read the rows: COPY binary of everything, thrown away, on several connections. */
final class Limit {
    private static final int BLOCKS = 512;
    private static final String SETTINGS = "SET enable_tidscan = on; SET enable_seqscan = off; "
            + "SET max_parallel_workers_per_gather = 0; SET synchronize_seqscans = off;\n";
    private static final String TABLES = """
            SELECT format('%I.%I', nspname, relname), pg_relation_size(c.oid) / current_setting('block_size')::int,
                (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                 WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema')
            ORDER BY pg_table_size(c.oid) DESC
            """;

    private final Server server;
    private final Path work;
    private final Clients clients;
    private final String database;

    Limit(Server server, Path work, Clients clients, String database) {
        this.server = server;
        this.work = work;
        this.clients = clients;
        this.database = database;
    }

    /** A command that runs psql so many times at once, with nearly equal shares. */
    List<String> command(int connections) {
        List<StringBuilder> scripts = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            scripts.add(new StringBuilder(SETTINGS));
        }
        List<String> ranges = ranges();
        for (int i = 0; i < ranges.size(); i++) {
            scripts.get(i % connections).append(ranges.get(i));
        }
        StringBuilder shell = new StringBuilder();
        try {
            for (int i = 0; i < connections; i++) {
                Path script = Files.writeString(work.resolve("limit-" + i + ".sql"), scripts.get(i));
                shell.append('\'').append(clients.program("psql")).append("' -qXAt -v ON_ERROR_STOP=1 -d ");
                shell.append(database).append(" -f '").append(script).append("' >/dev/null &\n");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return List.of("/bin/sh", "-c", shell + "wait");
    }

    private List<String> ranges() {
        List<String> ranges = new ArrayList<>();
        try (var connection = server.connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                for (long block = 0; block < rows.getLong(2); block += BLOCKS) {
                    ranges.add(
                            "COPY (SELECT %s FROM ONLY %s WHERE ctid >= '(%d,0)' AND ctid < '(%d,0)') TO STDOUT (FORMAT binary);\n"
                                    .formatted(rows.getString(3), rows.getString(1), block, block + BLOCKS));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return ranges;
    }
}
