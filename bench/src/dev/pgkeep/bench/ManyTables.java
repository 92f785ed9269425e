package dev.pgkeep.bench;

import java.util.ArrayList;
import java.util.List;

/** A database of many small tables, of some tens of rows each: what is done for each table is most of the work. */
final class ManyTables {
    private static final int MOST = 5000;
    private static final int ROWS_PER_TABLE = 80;
    private static final int BATCH = 500;

    private static final String CREATE = """
            DO $$ BEGIN FOR n IN %d..%d LOOP
              EXECUTE format('CREATE TABLE small_%%s (id integer PRIMARY KEY, name text NOT NULL, amount numeric(10,2),'
                ' tags text[], details jsonb, at timestamptz NOT NULL)', n);
              EXECUTE format('INSERT INTO small_%%s SELECT i, ''row '' || i || '' of %%s'', i * 1.25, ''{some,tags}'','
                ' jsonb_build_object(''n'', i, ''table'', %%s), timestamptz ''2026-01-05 10:00+00'' + i * interval ''7 minutes'''
                ' FROM generate_series(1, %%s) AS i', n, n, n, 20 + n %% 40);
            END LOOP; END $$""";

    private static final String CHANGE = """
            DO $$ BEGIN FOR n IN 1..%d LOOP
              CONTINUE WHEN n %% 100 <> 42;
              EXECUTE format('UPDATE small_%%s SET amount = amount + 1 WHERE id %% 5 = 0', n);
            END LOOP; END $$""";

    private final Server server;
    private final String name;
    private final int tables;

    /** @param rows of the other database: a tiny one gets fewer tables beside it */
    ManyTables(Server server, String name, long rows) {
        this.server = server;
        this.name = name;
        this.tables = (int) Math.clamp(rows / ROWS_PER_TABLE, BATCH / 2, MOST);
    }

    String name() {
        return name;
    }

    void create() {
        server.run("postgres", "CREATE DATABASE " + name);
        List<String> statements = new ArrayList<>();
        for (int from = 1; from <= tables; from += BATCH) {
            statements.add(CREATE.formatted(from, Math.min(tables, from + BATCH - 1)));
        }
        statements.add("VACUUM (FREEZE, ANALYZE)");
        server.run(name, statements.toArray(String[]::new));
    }

    List<Change> changes() {
        return List.of(
                Change.of("nothing changed", () -> {}),
                Change.of("1 % of the tables changed", () -> server.run(name, CHANGE.formatted(tables))));
    }

    /** For instance "5,000 small tables, 160 MB". */
    String describe() {
        return String.format("%,d small tables, ", tables)
                + server.ask(name, "SELECT pg_size_pretty(pg_database_size(current_database()))");
    }

    void remove() {
        server.drop(name);
    }
}
