package dev.pgkeep.operation.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.cli.render.DiffJson;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import io.avaje.jsonb.Jsonb;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to whatever tables, a diff tells it, in both directions, and its statements take it back. */
final class DiffPropertiesIT {
    private static final String SETTINGS = "set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set intervalstyle ="
            + " postgres; set bytea_output = hex; set extra_float_digits = 3";

    @TempDir
    Path folder;

    /** Rows that one side has more than the other, and those of a key that both have with other values. */
    record Counts(long removed, long added, long changed) {}

    @Test
    void changed_rows_are_found_and_taken_back() {
        long seed = Campaign.seed(20_261_121);
        for (int i = 0; i < Campaign.of(1, 150); i++) {
            check(seed + i, false);
        }
    }

    @Test
    void changed_rows_are_found_under_another_schema() {
        long seed = Campaign.seed(7);
        for (int i = 0; i < Campaign.of(1, 80); i++) {
            check(seed + i, true);
        }
    }

    private void check(long seed, boolean otherSchema) {
        DiffDesk desk = new DiffDesk(folder);
        TestServer server = PostgresServers.any();
        GeneratedTables tables = new GeneratedTables(seed);
        try (TestDatabase one = server.database("one");
                TestDatabase two = server.databaseToBe(server.uniqueName("two"))) {
            tables.create(one);
            server.execute("create database " + two.name() + " template " + one.name());
            tables.change(two, 12);
            if (otherSchema) {
                tables.changeSchema(two);
            }
            String before = desk.backup(one);
            String after = desk.backup(two);
            Map<String, Counts> expected = expected(one, two);
            Map<String, Counts> back = new TreeMap<>();
            expected.forEach((name, each) -> back.put(name, new Counts(each.added(), each.removed(), each.changed())));
            assertThat(told(desk, two, before, after)).as("seed " + seed).isEqualTo(expected);
            assertThat(told(desk, two, after, before)).as("back, seed " + seed).isEqualTo(back);
            assertThat(told(desk, two, before, "live")).as("live, seed " + seed).isEqualTo(expected);
            assertThat(told(desk, one, after, "live"))
                    .as("live back, seed " + seed)
                    .isEqualTo(back);
            if (!otherSchema) {
                String forth = desk.run(one, "diff", after, "--sql");
                DiffDesk.apply(two, desk.run(two, "diff", before, after, "--sql"));
                DiffDesk.areEqual(one, two, "after the statements, seed " + seed);
                DiffDesk.apply(one, forth);
                assertThat(told(desk, one, after, "live"))
                        .as("there, seed " + seed)
                        .isEmpty();
                DiffDesk.apply(one, desk.run(one, "diff", before, "--sql", "--replica"));
                assertThat(told(desk, one, before, "live"))
                        .as("as replica, seed " + seed)
                        .isEmpty();
            }
        }
    }

    private static Map<String, Counts> told(DiffDesk desk, TestDatabase database, String first, String second) {
        DiffJson json = Jsonb.instance()
                .type(DiffJson.class)
                .fromJson(desk.run(database, "diff", first, second, "--json", "--no-schema"));
        Map<String, Counts> counts = new TreeMap<>();
        json.tables().stream()
                .filter(each -> each.state().equals("both"))
                .forEach(each -> counts.put(
                        each.schema() + "." + each.table(), new Counts(each.removed(), each.added(), each.changed())));
        return counts;
    }

    /** The same, found out by comparing all rows of both. */
    private static Map<String, Counts> expected(TestDatabase one, TestDatabase two) {
        Map<String, Counts> expected = new TreeMap<>();
        List<String> names = tables(one);
        names.retainAll(tables(two));
        for (String name : names) {
            List<String> columns = columns(one, name);
            columns.retainAll(columns(two, name));
            List<String> key = key(one, name);
            key = key.equals(key(two, name)) && columns.containsAll(key) ? key : List.of();
            Counts counts = compare(rows(one, name, columns, key), rows(two, name, columns, key));
            if (counts.removed() + counts.added() + counts.changed() > 0) {
                expected.put(
                        one.ask("select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid ="
                                + " c.relnamespace where c.oid = '" + name.replace("'", "''") + "'::regclass"),
                        counts);
            }
        }
        return expected;
    }

    private static Counts compare(Map<String, List<String>> before, Map<String, List<String>> now) {
        long removed = 0;
        long added = 0;
        long changed = 0;
        for (var each : before.entrySet()) {
            List<String> was = each.getValue();
            List<String> is = now.getOrDefault(each.getKey(), List.of());
            removed += Math.max(0, was.size() - is.size());
            for (int i = 0; i < Math.min(was.size(), is.size()); i++) {
                changed += was.get(i).equals(is.get(i)) ? 0 : 1;
            }
        }
        for (var each : now.entrySet()) {
            added += Math.max(
                    0,
                    each.getValue().size()
                            - before.getOrDefault(each.getKey(), List.of()).size());
        }
        return new Counts(removed, added, changed);
    }

    private static List<String> tables(TestDatabase database) {
        return new ArrayList<>(database.column("select format('%I.%I', n.nspname, c.relname) from pg_class c join"
                + " pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition and"
                + " n.nspname !~ '^pg_' and n.nspname <> 'information_schema'"));
    }

    private static List<String> columns(TestDatabase database, String table) {
        return new ArrayList<>(database.column("select quote_ident(attname) from pg_attribute where attrelid = '"
                + table.replace("'", "''")
                + "'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum"));
    }

    private static List<String> key(TestDatabase database, String table) {
        return database.column("select quote_ident(a.attname) from pg_constraint c, unnest(c.conkey) k, pg_attribute a"
                + " where c.contype = 'p' and a.attrelid = c.conrelid and a.attnum = k and c.conrelid = '"
                + table.replace("'", "''") + "'::regclass order by 1");
    }

    private static Map<String, List<String>> rows(
            TestDatabase database, String table, List<String> columns, List<String> key) {
        Map<String, List<String>> rows = new HashMap<>();
        String values = String.join(
                " || '|' || ",
                columns.stream()
                        .map(each -> "case when num_nulls(" + each + ") = 1 then 'null' else quote_literal(concat("
                                + each + ")) end")
                        .toList());
        String keys = key.isEmpty()
                ? values
                : String.join(
                        " || '|' || ",
                        key.stream()
                                .map(each -> "quote_literal(concat(" + each + "))")
                                .toList());
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            try (var row = statement.executeQuery("select " + keys + ", " + values + " from " + table)) {
                while (row.next()) {
                    rows.computeIfAbsent(row.getString(1), each -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(table, e);
        }
        return rows;
    }
}
