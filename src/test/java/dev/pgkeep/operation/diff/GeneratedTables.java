package dev.pgkeep.operation.diff;

import dev.pgkeep.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables of any kind with any rows, and anything that may happen to them. */
final class GeneratedTables {
    private static final String TYPES = """
            create schema "other schema";
            create type mood as enum ('sad', 'ok', 'it''s');
            create type pair as (a int, b text);
            create domain positive as int check (value > 0);
            """;

    private static final List<String> COLUMN_TYPES = List.of(
            "int",
            "bigint",
            "text",
            "numeric",
            "timestamptz",
            "jsonb",
            "json",
            "bytea",
            "boolean",
            "float8",
            "uuid",
            "int[]",
            "text[]",
            "mood",
            "pair",
            "char(5)",
            "interval",
            "date",
            "inet",
            "int4range",
            "positive",
            "xml");

    /** A table: its quoted name, the columns with their types, and those of its key. */
    record Table(String name, List<String[]> columns, List<String> key, boolean refersToItself) {
        List<String> plain() {
            return columns.stream()
                    .map(each -> each[0])
                    .filter(each -> !key.contains(each) && !each.startsWith("\"ref"))
                    .toList();
        }

        String type(String column) {
            return columns.stream()
                    .filter(each -> each[0].equals(column))
                    .findFirst()
                    .orElseThrow()[1];
        }
    }

    private final Random random;
    private final List<Table> tables = new ArrayList<>();

    GeneratedTables(long seed) {
        this.random = new Random(seed);
    }

    List<Table> tables() {
        return tables;
    }

    void create(TestDatabase database) {
        database.execute(TYPES);
        int count = 3 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            create(database, i);
        }
        tables.forEach(table -> insert(database, table, 20 + random.nextInt(400), 0));
    }

    private void create(TestDatabase database, int number) {
        String schema = random.nextInt(3) == 0 ? "\"other schema\"" : "public";
        String name = schema + "." + (random.nextBoolean() ? "t" + number : "\"Ödd \"\"t'able " + number + "\"");
        List<String[]> columns = new ArrayList<>();
        List<String> key = new ArrayList<>();
        int kind = random.nextInt(6);
        switch (kind) {
            case 0 -> columns.add(new String[] {"id", "int"});
            case 1 -> columns.add(new String[] {"id", "bigint generated always as identity"});
            case 2 -> columns.add(new String[] {"\"the Key\"", "text"});
            default -> columns.add(new String[] {"id", "int"});
        }
        if (kind != 5) {
            key.add(columns.getFirst()[0]);
        }
        if (kind == 3) {
            columns.add(new String[] {"part", "date"});
            key.add("part");
        }
        int more = 1 + random.nextInt(6);
        for (int i = 0; i < more; i++) {
            String type = COLUMN_TYPES.get(random.nextInt(COLUMN_TYPES.size()));
            columns.add(new String[] {random.nextInt(4) == 0 ? "\"c," + i + "\"" : "c" + i, type});
        }
        StringBuilder sql = new StringBuilder("create table " + name + " (");
        sql.append(columns.stream().map(each -> each[0] + " " + each[1]).collect(Collectors.joining(", ")));
        boolean itself = kind == 0 && random.nextBoolean();
        if (itself) {
            sql.append(", \"ref self\" int references " + name);
        }
        List<Table> parents =
                tables.stream().filter(each -> isIntKey(each.key(), each)).toList();
        if (!parents.isEmpty() && random.nextBoolean()) {
            sql.append(", \"ref\" int references ")
                    .append(parents.get(random.nextInt(parents.size())).name());
        }
        if (random.nextInt(3) == 0) {
            sql.append(", computed text generated always as ('x') stored");
        }
        if (!key.isEmpty()) {
            sql.append(", primary key (").append(String.join(", ", key)).append(")");
        }
        sql.append(")");
        if (kind == 4) {
            sql.append(" partition by hash (id)");
        }
        database.execute(sql.toString());
        for (int i = 0; kind == 4 && i < 3; i++) {
            database.execute("create table public.part_" + number + "_" + i + " partition of " + name
                    + " for values with (modulus 3, remainder " + i + ")");
        }
        tables.add(new Table(name, columns, key, itself));
    }

    private static boolean isIntKey(List<String> key, Table table) {
        return key.equals(List.of("id")) && table.type("id").equals("int");
    }

    void change(TestDatabase database, int steps) {
        for (int i = 0; i < steps; i++) {
            Table table = tables.get(random.nextInt(tables.size()));
            try {
                change(database, table);
            } catch (RuntimeException | AssertionError e) {
                // Not everything can happen to every table.
            }
        }
    }

    private void change(TestDatabase database, Table table) {
        String some = " where hashtext(t::text) % " + (2 + random.nextInt(30)) + " = 0";
        switch (random.nextInt(8)) {
            case 0 -> database.execute("delete from " + table.name() + " t" + some);
            case 1 -> insert(database, table, 1 + random.nextInt(30), 10_000 + random.nextInt(10_000));
            case 2 -> {
                if (!table.key().isEmpty() && table.type(table.key().getFirst()).equals("int")) {
                    database.execute(
                            "update " + table.name() + " t set id = id + " + (20_000 + random.nextInt(20_000)) + some);
                }
            }
            case 3 -> database.execute("vacuum full " + table.name());
            case 4 -> {
                if (random.nextInt(4) == 0) {
                    database.execute("truncate " + table.name());
                }
            }
            default -> {
                List<String> columns = table.plain();
                if (!columns.isEmpty()) {
                    String column = columns.get(random.nextInt(columns.size()));
                    database.execute("update " + table.name() + " t set " + column + " = "
                            + (random.nextInt(4) == 0 ? "null" : value(table.type(column), "1")) + some);
                }
            }
        }
    }

    void changeSchema(TestDatabase database) {
        Table table = tables.get(random.nextInt(tables.size()));
        List<String> columns = table.plain();
        String column = columns.get(random.nextInt(columns.size()));
        switch (random.nextInt(5)) {
            case 0 -> database.execute("alter table " + table.name() + " add column \"new\" text default 'new'");
            case 1 -> database.execute("alter table " + table.name() + " drop column " + column);
            case 2 -> database.execute("alter table " + table.name() + " rename column " + column + " to renamed");
            case 3 ->
                database.execute("alter table " + table.name() + " alter column " + column + " type text using "
                        + column + "::text");
            default -> database.execute("create table public.brand_new as select 1 as one");
        }
    }

    private void insert(TestDatabase database, Table table, int rows, int from) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String[] column : table.columns()) {
            names.add(column[0]);
            boolean key = table.key().contains(column[0]);
            values.add(
                    column[0].equals("id")
                            ? "n + " + from
                            : key
                                    ? column[1].equals("date")
                                            ? "'2026-01-01'::date + n % 5"
                                            : "'k''\\' || (n + " + from + ")"
                                    : random.nextInt(8) == 0
                                            ? "null"
                                            : "case when n % " + (2 + random.nextInt(5)) + " = 0 then null else "
                                                    + value(column[1], "n") + " end");
        }
        if (table.refersToItself()) {
            names.add("\"ref self\"");
            values.add("case when n > 1 and n % 3 = 0 then n - 1 + " + from + " end");
        }
        database.execute("insert into " + table.name() + " (" + String.join(", ", names)
                + ") overriding system value select " + String.join(", ", values) + " from generate_series(1, " + rows
                + ") n");
    }

    /** @param n an expression that is another one for each row */
    private String value(String type, String n) {
        int any = random.nextInt(1000);
        String number = "(" + n + " * 7 % 50 + " + any + ")";
        return switch (type) {
            case "int", "bigint", "positive" -> "(" + number + ")::" + type;
            case "text" ->
                random.nextInt(6) == 0
                        ? "repeat(md5((" + number + ")::text), 2000)"
                        : "E'a\\t\\\\b\\n''ß ' || " + number;
            case "numeric" -> "(" + number + "::numeric / 100)";
            case "timestamptz" -> "('2026-01-01 00:00Z'::timestamptz + " + number + " * interval '1.5 hours')";
            case "jsonb", "json" -> "('{\"a\": [' || " + number + " || ', null]}')::" + type;
            case "bytea" -> "sha256((" + number + ")::text::bytea)";
            case "boolean" -> "(" + number + " % 2 = 0)";
            case "float8" -> "(" + number + " / 3.0::float8)";
            case "uuid" -> "md5((" + number + ")::text)::uuid";
            case "int[]" -> "array[" + number + ", null]";
            case "text[]" -> "array['a,\"b', '', (" + number + ")::text]";
            case "mood" -> "(enum_range(null::mood))[1 + " + number + " % 3]";
            case "pair" -> "row(" + number + ", 'x,\"y')::pair";
            case "char(5)" -> "(" + number + " % 99)::text::char(5)";
            case "interval" -> "(" + number + " * interval '1 day 2 seconds')";
            case "date" -> "('2026-01-01'::date + " + number + ")";
            case "inet" -> "('10.0.0.0'::inet + " + number + ")";
            case "int4range" -> "int4range(" + number + ", " + number + " + 5)";
            case "xml" -> "('<a>' || " + number + " || '</a>')::xml";
            default -> throw new IllegalArgumentException(type);
        };
    }

    static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
