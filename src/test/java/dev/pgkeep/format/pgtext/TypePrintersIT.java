package dev.pgkeep.format.pgtext;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** Every type that is copied in binary, printed by us and by the server: the same text, byte by byte. */
final class TypePrintersIT {
    private static final int HEADER = 19;
    private static final int TRAILER = 2;

    private static final String TYPES = """
            CREATE TYPE public.mood AS ENUM (
                'sad',
                'ok',
                'o''dd "label" ß'
            );
            CREATE DOMAIN public.positive AS integer
            \tCONSTRAINT positive_check CHECK ((VALUE > 0));
            CREATE DOMAIN public.codes AS text[];
            CREATE DOMAIN public.moody AS public.mood NOT NULL;
            CREATE DOMAIN public.deep AS public.positive;
            CREATE TYPE public.spans AS RANGE (
                subtype = double precision,
                multirange_type_name = public.spanses
            );
            CREATE DOMAIN public.span AS public.spans;
            """;

    private static final String SETTINGS = """
            set search_path = pg_catalog; set datestyle = 'ISO, YMD'; set intervalstyle = postgres;
            set timezone = 'UTC'; set extra_float_digits = 1; set bytea_output = hex""";

    @EachServerVersion(usuallyEnds = true)
    void values_from_the_edges_are_printed_as_the_server_prints_them(TestServer server) throws Exception {
        try (TestDatabase database = server.database("printing")) {
            database.execute(TYPES.replace(" NOT NULL;", ";") + "CREATE TYPE public.moods AS RANGE (subtype = mood)");
            List<String> extensions = database.column(
                    "select name from pg_available_extensions where name in ('hstore', 'citext', 'ltree', 'cube')");
            extensions.forEach(name -> database.execute("create extension " + name));
            int printed = 0;
            for (String block : blocks()) {
                List<String> lines =
                        block.lines().filter(line -> !line.startsWith("#")).toList();
                String[] head = lines.getFirst().split(" ", 3);
                if (head[0].equals("binary") && (head[1].equals("-") || extensions.contains(head[1]))) {
                    printed += compare(database, head[2], lines.subList(1, lines.size())) ? 1 : 0;
                }
            }
            assertThat(printed).isGreaterThan(70);
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void random_values_are_printed_as_the_server_prints_them(TestServer server) throws Exception {
        Random random = new Random(server.major());
        try (TestDatabase database = server.database("printing")) {
            compare(database, "float8", of(random, 3000, r -> quoted(Double.longBitsToDouble(r.nextLong()))));
            compare(
                    database,
                    "float8",
                    of(random, 1000, r -> quoted(r.nextInt(10000) * Math.pow(10, r.nextInt(40) - 20))));
            compare(database, "float4", of(random, 3000, r -> quoted(Float.intBitsToFloat(r.nextInt()))));
            compare(database, "numeric", of(random, 1000, TypePrintersIT::numeric));
            compare(
                    database,
                    "numeric(30,7)",
                    of(random, 300, r -> "'" + r.nextLong() + "." + r.nextInt(1 << 30) + "'"));
            compare(database, "int8", of(random, 300, r -> "'" + (r.nextLong() >> r.nextInt(64)) + "'"));
            compare(
                    database,
                    "date",
                    of(random, 2000, r -> "'epoch'::date + (" + (r.nextInt(8000000) - 2400000) + ")"));
            compare(
                    database,
                    "timestamptz",
                    of(
                            random,
                            1000,
                            r -> "'epoch'::timestamptz + make_interval(days => " + (r.nextInt(5000000) - 2400000)
                                    + ", secs => " + r.nextDouble(90000) + ")"));
            compare(
                    database,
                    "timestamp",
                    of(
                            random,
                            1000,
                            r -> "'epoch'::timestamp + make_interval(days => " + (r.nextInt(5000000) - 2400000)
                                    + ", secs => " + r.nextInt(90000) + ")"));
            compare(
                    database,
                    "timetz",
                    of(
                                    random,
                                    300,
                                    r -> "make_time(" + r.nextInt(24) + "," + r.nextInt(60) + ",59.5)::text || '"
                                            + (r.nextBoolean() ? "+" : "-") + r.nextInt(15) + ":" + (10 + r.nextInt(50))
                                            + "'")
                            .stream()
                            .map(each -> "(" + each + ")::timetz")
                            .toList());
            compare(
                    database,
                    "interval",
                    of(
                            random,
                            2000,
                            r -> "make_interval(months => " + few(r) + ", days => " + few(r) + ", hours => " + few(r)
                                    + ", secs => " + few(r) / 7.0 + ")"));
            compare(database, "inet", of(random, 2000, TypePrintersIT::inet));
            compare(database, "text", of(random, 1000, r -> literal(text(r))));
            compare(database, "text[]", of(random, 2000, r -> array(r, 1 + r.nextInt(3))));
            compare(database, "bytea", of(random, 300, r -> "'\\x" + "5c09".repeat(r.nextInt(9)) + "'"));
            compareRandomOfOtherKinds(database, random);
        }
    }

    private static void compareRandomOfOtherKinds(TestDatabase database, Random random) throws Exception {
        compare(database, "uuid", of(random, 100, r -> "md5('" + r.nextInt() + "')::uuid"));
        compare(database, "bit varying", of(random, 300, r -> "B'" + bits(r, r.nextInt(40)) + "'"));
        compare(database, "bit(13)", of(random, 100, r -> "B'" + bits(r, 13) + "'"));
        compare(database, "macaddr8", of(random, 100, r -> "'%016x'".formatted(r.nextLong())));
        compare(database, "pg_lsn", of(random, 100, r -> "'%X/%X'".formatted(r.nextInt(), r.nextInt())));
        compare(database, "int4range", of(random, 300, TypePrintersIT::range));
        compare(
                database,
                "int4multirange",
                of(random, 300, r -> "int4multirange(" + range(r) + ", " + range(r) + ", " + range(r) + ")"));
        compare(
                database,
                "tsrange",
                of(random, 300, r -> "tsrange('epoch'::timestamp + interval '" + r.nextInt() + " s', null)"));
        compare(database, "point", of(random, 500, r -> "point(" + r.nextGaussian() + ", " + 1e-9 * r.nextInt() + ")"));
        compare(database, "polygon", of(random, 300, r -> "'" + points(r) + "'"));
        compare(
                database,
                "path",
                of(random, 300, r -> "'" + (r.nextBoolean() ? points(r) : "[" + points(r) + "]") + "'"));
        compare(
                database,
                "jsonb",
                of(
                        random,
                        500,
                        r -> "jsonb_build_object(" + literal(text(r)) + ", " + literal(text(r)) + ", 'n', " + numeric(r)
                                + "::numeric)"));
        compare(
                database,
                "tsvector",
                of(
                        random,
                        500,
                        r -> "setweight(to_tsvector('simple', " + literal(text(r) + " x " + text(r)) + "), '"
                                + "ABCD".charAt(r.nextInt(4)) + "') || array_to_tsvector(array["
                                + literal(text(r) + "z")
                                + "])"));
        compare(
                database,
                "numeric[]",
                of(random, 300, r -> "array[" + numeric(r) + ", null, " + numeric(r) + "]::numeric[]"));
        compare(database, "date[]", of(random, 100, r -> "array['epoch'::date + " + r.nextInt(99999) + "]"));
    }

    /** Returns whether the type can be printed at all. */
    private static boolean compare(TestDatabase database, String type, List<String> values) throws Exception {
        database.execute("drop table if exists public.t; create table public.t (v " + type
                + ", w int); insert into public.t values "
                + values.stream().map(value -> "(" + value + ", 1)").collect(joining(", ")) + ", (null, 2)");
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            int version = Integer.parseInt(ask(connection, "show server_version_num"));
            String name = ask(
                    connection,
                    "select format_type(atttypid, atttypmod) from pg_attribute where attrelid ="
                            + " 'public.t'::regclass and attname = 'v'");
            TypePrinters printers = new TypePrinters(TYPES, version);
            if (!printers.knows(name)) {
                assertThat(name)
                        .isIn(
                                "public.cube",
                                "public.moods",
                                version < 150_000 ? "\"char\"" : "",
                                version < 150_000 ? "\"char\"[]" : "");
                return false;
            }
            byte[] rows = copy(connection, "binary");
            String expected = new String(copy(connection, "text"), StandardCharsets.UTF_8);
            String printed = print(printers, name, rows, rows.length);
            assertThat(differences(expected, printed)).as(type).isEmpty();
            if (rows.length < 100_000) {
                assertThat(print(printers, name, rows, 3))
                        .as(type + " in pieces")
                        .isEqualTo(printed);
            }
            return true;
        }
    }

    private static List<String> differences(String expected, String printed) {
        List<String> wanted = expected.lines().toList();
        List<String> got = printed.lines().toList();
        assertThat(got).hasSameSizeAs(wanted);
        return IntStream.range(0, wanted.size())
                .filter(i -> !wanted.get(i).equals(got.get(i)) && !isSameFloat(wanted.get(i), got.get(i)))
                .mapToObj(i -> wanted.get(i) + " printed as " + got.get(i))
                .toList();
    }

    /** Of a few large numbers the server prints one digit more than would do. */
    private static boolean isSameFloat(String one, String other) {
        String[] here = one.split("\t", 2);
        String[] there = other.split("\t", 2);
        return here[0].matches("-?[0-9.]+e[-+][0-9]+")
                && there[0].matches("-?[0-9.]+e[-+][0-9]+")
                && (Double.parseDouble(here[0]) == Double.parseDouble(there[0])
                        || here[0].length() < 17 && Float.parseFloat(here[0]) == Float.parseFloat(there[0]));
    }

    private static String print(TypePrinters printers, String type, byte[] rows, int step) throws IOException {
        var out = new ByteArrayOutputStream();
        var printer = new RowPrinter(printers, List.of(type, "integer"), out);
        int end = rows.length - TRAILER;
        for (int at = HEADER; at < end; at += step) {
            printer.rows(rows, at, Math.min(step, end - at));
        }
        printer.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] copy(Connection connection, String format) throws SQLException, IOException {
        var out = new ByteArrayOutputStream();
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy public.t to stdout (format " + format + ")", out);
        return out.toByteArray();
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<String> blocks() throws IOException {
        try (InputStream in = TypePrintersIT.class.getResourceAsStream("/dev/pgkeep/postgres/copy/type-values.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.asList(text.strip().split("\n\n"));
        }
    }

    private interface Maker {
        String make(Random random);
    }

    private static List<String> of(Random random, int count, Maker maker) {
        return IntStream.range(0, count).mapToObj(i -> maker.make(random)).toList();
    }

    private static String quoted(double value) {
        return "'" + value + "'";
    }

    private static String quoted(float value) {
        return "'" + value + "'";
    }

    private static int few(Random random) {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(4001) - 2000;
    }

    private static String numeric(Random random) {
        String digits = IntStream.range(0, 1 + random.nextInt(40))
                .mapToObj(i -> random.nextInt(3) == 0 ? "0" : Integer.toString(random.nextInt(10)))
                .collect(joining());
        int point = random.nextInt(digits.length() + 1);
        return "'" + (random.nextBoolean() ? "-" : "") + "0" + digits.substring(0, point) + "."
                + digits.substring(point) + "0e" + (random.nextInt(20) - 10) + "'";
    }

    private static String inet(Random random) {
        if (random.nextInt(4) == 0) {
            return "'" + random.nextInt(256) + "." + random.nextInt(256) + ".0." + random.nextInt(256) + "/"
                    + random.nextInt(33) + "'";
        }
        String words = IntStream.range(0, 8)
                .mapToObj(i -> random.nextInt(3) > 0 ? "0" : Integer.toHexString(random.nextInt(1 << 16)))
                .collect(joining(":"));
        return "'" + words + "/" + (random.nextBoolean() ? 128 : random.nextInt(129)) + "'";
    }

    private static String bits(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> random.nextBoolean() ? "1" : "0")
                .collect(joining());
    }

    private static String range(Random random) {
        int from = few(random);
        return "int4range(" + (random.nextInt(5) == 0 ? "null" : from) + ", "
                + (random.nextInt(5) == 0 ? "null" : from + random.nextInt(99)) + ", '"
                + List.of("[]", "[)", "(]", "()").get(random.nextInt(4)) + "')";
    }

    private static String points(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> "(" + few(random) / 3.0 + "," + few(random) + ")")
                .collect(joining(","));
    }

    private static String text(Random random) {
        var pieces = List.of(
                "a", "\\", "\"", "'", "{", "}", ",", " ", "\t", "\n", "\r", "\u000b", "\b", "ß", "\\.", "NULL", "null",
                "", "N", "漢");
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> pieces.get(random.nextInt(pieces.size())))
                .collect(joining());
    }

    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String array(Random random, int dimensions) {
        if (random.nextInt(20) == 0) {
            return "'{}'";
        }
        if (random.nextInt(10) == 0) {
            return "'[-1:0][3:4]={{a,NULL},{\"NULL\",}}'".replace(",}", ",\"\"}");
        }
        return level(random, dimensions, 1 + random.nextInt(3)) + "::text[]";
    }

    private static String level(Random random, int dimensions, int count) {
        return "array["
                + IntStream.range(0, count)
                        .mapToObj(i -> dimensions > 1
                                ? level(random, dimensions - 1, count)
                                : random.nextInt(5) == 0 ? "null" : literal(text(random)))
                        .collect(joining(", "))
                + "]";
    }
}
