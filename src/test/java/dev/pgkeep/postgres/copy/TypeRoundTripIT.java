package dev.pgkeep.postgres.copy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Every type that is copied in binary, and some that are not, with values from its edges: out by ranges, into a twin in
 * another database whose OIDs are different, on the same version, the oldest and the newest; then equal in text and
 * hash.
 */
final class TypeRoundTripIT {
    /** Made in the twin first, so that types of the same name have other OIDs there. */
    private static final String SHIFT = "create type shift1 as enum ('a', 'b', 'c'); create type shift2 as (x int)";

    private static final String TYPES = """
            create type mood as enum ('sad', 'ok', 'o''dd "label" ß');
            create type pair as (x int, y text);
            create domain positive as int check (value > 0);
            create domain codes as text[];
            create domain moody as mood;
            create domain deep as positive;
            create type spans as range (subtype = float8, multirange_type_name = spanses);
            create type moods as range (subtype = mood);
            create domain span as spans;
            """;

    /** A type, how it is to be copied, and values as SQL writes them. */
    private record Case(String type, RowFormat format, List<String> values) {
        String create(String table) {
            return "create table " + table + " (v " + type + ")";
        }

        String insert(String table) {
            return "insert into " + table + " values "
                    + values.stream().map(value -> "(" + value + ")").collect(joining(", ")) + ", (null)";
        }
    }

    @EachServerVersion
    void every_type_comes_back_the_same(TestServer server) throws Exception {
        try (TestDatabase database = server.database("types")) {
            List<String> extensions = prepare(database);
            Map<String, Case> cases = fill(database, extensions);
            try (var reading = Reading.of(database)) {
                cases.forEach((table, given) ->
                        assertThat(reading.table(table).format()).as(given.type).isEqualTo(given.format()));
                for (int major : majors(server)) {
                    assertSameIn(PostgresServers.version(major), reading, cases, extensions);
                }
            }
        }
    }

    private static TreeSet<Integer> majors(TestServer server) {
        return new TreeSet<>(List.of(
                server.major(),
                PostgresServers.versions().getFirst(),
                PostgresServers.versions().getLast()));
    }

    private static List<String> prepare(TestDatabase database) {
        database.execute(TYPES);
        List<String> extensions = database.column("select name from pg_available_extensions where name in ('hstore',"
                + " 'citext', 'ltree', 'cube', 'isn', 'seg') order by 1");
        extensions.forEach(name -> database.execute("create extension " + name));
        return extensions;
    }

    private static Map<String, Case> fill(TestDatabase database, List<String> extensions) throws IOException {
        var cases = new LinkedHashMap<String, Case>();
        for (Case given : cases(extensions)) {
            cases.put("t" + cases.size(), given);
        }
        database.execute(cases.entrySet().stream()
                .map(entry -> entry.getValue().create(entry.getKey()) + ";"
                        + entry.getValue().insert(entry.getKey()))
                .collect(joining(";")));
        return cases;
    }

    private static void assertSameIn(
            TestServer server, Reading reading, Map<String, Case> cases, List<String> extensions) throws Exception {
        try (TestDatabase twin = server.database("twin")) {
            twin.execute(SHIFT);
            assertThat(prepare(twin)).isEqualTo(extensions);
            twin.execute(cases.entrySet().stream()
                    .map(entry -> entry.getValue().create(entry.getKey()))
                    .collect(joining(";")));
            try (Connection connection = reading.writing(twin)) {
                for (String name : cases.keySet()) {
                    CopyTable table = reading.table(name);
                    Reading.write(reading.rows(table), table, connection, table.name());
                }
                connection.commit();
            }
            assertSame(reading, twin, cases);
        }
    }

    private static void assertSame(Reading reading, TestDatabase twin, Map<String, Case> cases) {
        assertThat(texts(twin, cases)).as(twin.toString()).isEqualTo(texts(reading.database(), cases));
        Map<TableName, RowHash> expected = reading.contents();
        try (var back = Reading.of(twin)) {
            assertThat(back.contents()).as(twin.toString()).isEqualTo(expected);
        }
        cases.forEach((table, given) -> assertThat(expected.get(new TableName("public", table)))
                .as(given.type)
                .extracting(RowHash::rows)
                .isEqualTo(given.values().size() + 1L));
    }

    /** All values as types print them, which for XML is less than is stored: pg_dump loses the declaration too. */
    private static List<String> texts(TestDatabase database, Map<String, Case> cases) {
        return database.column(cases.keySet().stream()
                .map(table -> "select '" + table
                        + " ' || case when v is null then 'null' else format('=%s', v) end from " + table)
                .collect(joining(" union all ", "", " order by 1")));
    }

    /**
     * Reads the cases: a line with format and type, then a line for each value; extensions' cases only where they are.
     */
    private static List<Case> cases(List<String> extensions) throws IOException {
        try (InputStream in = TypeRoundTripIT.class.getResourceAsStream("type-values.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            var cases = new ArrayList<Case>();
            for (String block : text.strip().split("\n\n")) {
                List<String> lines =
                        block.lines().filter(line -> !line.startsWith("#")).toList();
                String[] head = lines.getFirst().split(" ", 3);
                if (head[1].equals("-") || extensions.contains(head[1])) {
                    cases.add(new Case(
                            head[2],
                            head[0].equals("binary") ? RowFormat.BINARY : RowFormat.TEXT,
                            lines.subList(1, lines.size())));
                }
            }
            return cases;
        }
    }
}
