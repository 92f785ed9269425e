package dev.pgkeep.operation.cleanup;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Tables with keys of all kinds, rows of odd values, and foreign keys between them at random: composite, to themselves,
 * in circles, across schemas, to and from partitioned tables, with every action.
 */
final class RandomSchema {
    private static final List<String> PAYLOADS = List.of(
            "text",
            "numeric",
            "numeric(20,5)",
            "timestamptz",
            "timestamp(3)",
            "bytea",
            "jsonb",
            "json",
            "int[]",
            "text[]",
            "shop.mood",
            "shop.mood[]",
            "boolean",
            "float8",
            "real",
            "date",
            "interval",
            "inet",
            "char(5)",
            "varchar(40)",
            "bit varying",
            "uuid",
            "money",
            "int4range",
            "point",
            "shop.pair",
            "smallint",
            "bigint",
            "xml",
            "\"char\"",
            "time with time zone",
            "shop.positive");

    private final Random random;
    private final List<Table> tables = new ArrayList<>();
    private final StringBuilder sql = new StringBuilder();
    /** What comes when all rows are there. */
    private final StringBuilder later = new StringBuilder();

    /** How rows of a table are told apart. */
    enum Key {
        IDENTITY,
        SERIAL,
        TEXT,
        COMPOSITE,
        UUID,
        NONE
    }

    record Table(String name, Key key, boolean partitioned, int rows) {
        List<String> keyTypes() {
            return switch (key) {
                case IDENTITY -> List.of("int");
                case SERIAL -> List.of("bigint");
                case TEXT -> List.of("text");
                case COMPOSITE -> List.of("int", "text");
                case UUID -> List.of("uuid");
                case NONE -> List.of();
            };
        }

        List<String> keyColumns() {
            return switch (key) {
                case COMPOSITE -> List.of("\"Key A\"", "key_b");
                case NONE -> List.of();
                default -> List.of("id");
            };
        }

        /** Values of the key of the n-th row. */
        List<String> keyValues(String n) {
            return switch (key) {
                case IDENTITY, SERIAL -> List.of(n);
                case TEXT -> List.of("'k\t''\\' || " + n);
                case COMPOSITE -> List.of(n + " / 7", "'ä\" ' || " + n + " % 7");
                case UUID -> List.of("md5('u' || " + n + ")::uuid");
                case NONE -> List.of();
            };
        }

        /** The name alone, as conditions know it. */
        String alias() {
            return name.substring(name.indexOf('.') + 1);
        }
    }

    private RandomSchema(Random random) {
        this.random = random;
    }

    static RandomSchema of(Random random) {
        RandomSchema schema = new RandomSchema(random);
        schema.make();
        return schema;
    }

    String sql() {
        return sql.toString();
    }

    List<Table> tables() {
        return tables;
    }

    /** A condition that some rows of a table meet. */
    String condition(Table table) {
        int share = 5 + random.nextInt(60);
        return random.nextInt(8) == 0
                ? "true"
                : "abs(hashtextextended(" + table.alias() + "::text, " + random.nextInt(1000) + ")) % 100 < " + share;
    }

    private void make() {
        sql.append("create schema shop; create schema \"Other; one\";"
                + " create type shop.mood as enum ('fine', 'so \"so\"', 'bad, ''really''');"
                + " create type shop.pair as (a int, b text);"
                + " create domain shop.positive as int check (value > 0);");
        int count = 2 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            table(i);
        }
        int keys = 1 + random.nextInt(count * 2);
        for (int i = 0; i < keys; i++) {
            foreignKey(i);
        }
        sql.append(later);
        if (random.nextBoolean()) {
            trigger();
        }
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private void table(int number) {
        String schema = any(List.of("public", "shop", "\"Other; one\""));
        Key key = any(List.of(Key.values()));
        boolean partitioned = key != Key.NONE && random.nextInt(4) == 0;
        if (partitioned && key == Key.IDENTITY) {
            key = Key.SERIAL;
        }
        Table table = new Table(schema + ".\"T" + number + " 'x\"", key, partitioned, 1 + random.nextInt(40));
        tables.add(table);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < table.keyColumns().size(); i++) {
            String type = key == Key.SERIAL ? "bigserial" : table.keyTypes().get(i);
            columns.add(table.keyColumns().get(i) + " " + type
                    + (key == Key.IDENTITY ? " generated always as identity" : ""));
        }
        int payloads = random.nextInt(4);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < payloads; i++) {
            String type = any(PAYLOADS);
            columns.add("\"p " + i + "\" " + type);
            values.add(value(type));
        }
        if (random.nextInt(3) == 0 && key != Key.NONE) {
            columns.add("twice text generated always as (" + table.keyColumns().getFirst() + " || 'x') stored");
            columns.removeLast(); // text concatenation is not immutable for every type
            columns.add("fixed int generated always as (40 + 2) stored");
        }
        if (!table.keyColumns().isEmpty()) {
            columns.add("primary key (" + String.join(", ", table.keyColumns()) + ")");
        }
        sql.append("create table ")
                .append(table.name())
                .append(" (")
                .append(String.join(", ", columns))
                .append(")");
        if (partitioned) {
            sql.append(" partition by hash (")
                    .append(table.keyColumns().getFirst())
                    .append(")");
        }
        sql.append(";");
        if (partitioned) {
            for (int i = 0; i < 3; i++) {
                sql.append("create table shop.part_%d_%d partition of %s for values with (modulus 3, remainder %d);"
                        .formatted(number, i, table.name(), i));
            }
        }
        insert(table, payloads, values);
    }

    private void insert(Table table, int payloads, List<String> values) {
        List<String> names = new ArrayList<>(table.keyColumns());
        for (int i = 0; i < payloads; i++) {
            names.add("\"p " + i + "\"");
        }
        List<String> all = new ArrayList<>(table.keyValues("n"));
        all.addAll(values);
        if (names.isEmpty()) {
            sql.append("insert into ")
                    .append(table.name())
                    .append(" select from generate_series(1, ")
                    .append(table.rows())
                    .append(") n;");
            return;
        }
        sql.append("insert into ")
                .append(table.name())
                .append(" (")
                .append(String.join(", ", names))
                .append(")")
                .append(table.key() == Key.IDENTITY ? " overriding system value" : "")
                .append(" select ")
                .append(String.join(", ", all))
                .append(" from generate_series(1, ")
                .append(table.rows())
                .append(") n;");
    }

    private String value(String type) {
        String some = switch (type) {
            case "text" ->
                "(array['', E'line\\nbreak', E'tab\\t', E'back\\\\slash', '\\N', '\"q\"', E'\\u0001\\u007f', 'ünï🎈', 'null'])[1 + n %% 9]";
            case "numeric" ->
                "(array['1.10', '123456789012345678901234567890.000000000000000000001', 'NaN', '-0.00'])[1 + n %% 4]::numeric";
            case "numeric(20,5)" -> "n * 1.00001";
            case "timestamptz" ->
                "(array['infinity', '2026-03-29 01:30:00.123456+00', '0044-03-15 BC'])[1 + n %% 3]::timestamptz";
            case "timestamp(3)" -> "timestamp '2026-01-01' + n * interval '1.234567 s'";
            case "bytea" -> "decode(md5(n::text), 'hex')";
            case "jsonb" ->
                "(array['{\"a\": 1.10, \"b\": [null, \"\\\\n\"]}', 'null', '12345678901234567890'])[1 + n %% 3]::jsonb";
            case "json" -> "(array['{ \"a\" : 1,  \"a\":2 }', '\"x\"'])[1 + n %% 2]::json";
            case "int[]" -> "(array['{1,NULL,3}', '{}', '[0:1]={7,8}'])[1 + n %% 3]::int[]";
            case "text[]" -> "array['a,b', 'c\"d', null, 'e\\f', n::text]";
            case "shop.mood" -> "(enum_range(null::shop.mood))[1 + n %% 3]";
            case "shop.mood[]" -> "enum_range(null::shop.mood)";
            case "boolean" -> "n %% 2 = 0";
            case "float8" -> "(array[0.1::float8 * n, 'NaN', '-Infinity', 1e-300, '-0'])[1 + n %% 5]";
            case "real" -> "(1.0 / n)::real";
            case "date" -> "date '2026-01-01' + n";
            case "interval" -> "make_interval(months => n, days => -n, secs => n / 7.0)";
            case "inet" -> "('10.0.0.' || n)::inet";
            case "char(5)" -> "'ab '";
            case "varchar(40)" -> "repeat(' ', n %% 5)";
            case "bit varying" -> "n::bit(12)";
            case "uuid" -> "md5(n::text)::uuid";
            case "money" -> "(n * 1.5)::numeric::money";
            case "int4range" -> "int4range(n, n + 5)";
            case "point" -> "point(n / 3.0, 1e20)";
            case "shop.pair" -> "row(n, E'x\"y\\\\,')::shop.pair";
            case "smallint" -> "n";
            case "bigint" -> "(array[9007199254740993, -9223372036854775808, 5])[1 + n %% 3]";
            case "xml" -> "xmlparse(content '<a>' || n || '</a> text')";
            case "\"char\"" -> "'c'";
            case "time with time zone" -> "time '10:00' at time zone 'UTC'";
            case "shop.positive" -> "n";
            default -> throw new IllegalArgumentException(type);
        };
        return "case when (n * 7 + " + random.nextInt(9) + ") % 5 = 0 then null else " + some.replace("%%", "%")
                + " end";
    }

    private void foreignKey(int number) {
        List<Table> parents =
                tables.stream().filter(each -> each.key() != Key.NONE).toList();
        if (parents.isEmpty()) {
            return;
        }
        Table parent = any(parents);
        Table child = any(tables);
        String action = any(List.of("no action", "restrict", "cascade", "cascade", "set null", "set default"));
        boolean nullable = action.equals("set null") || random.nextInt(3) > 0;
        boolean notNull = !nullable && child.rows() > 0;
        List<String> names = new ArrayList<>();
        List<String> sets = new ArrayList<>();
        List<String> values = parent.keyValues("(1 + picked.p)");
        for (int i = 0; i < parent.keyColumns().size(); i++) {
            String name = "\"f " + number + " " + i + "\"";
            names.add(name);
            sql.append("alter table %s add column %s %s;"
                    .formatted(child.name(), name, parent.keyTypes().get(i)));
            sets.add(name + " = " + values.get(i));
        }
        String picked = "(abs(hashtextextended(t::text || t.ctid::text || t.tableoid::text, " + random.nextInt(1000)
                + ")) % " + parent.rows() + ")::int";
        sql.append(
                "update %s t set %s from (select tableoid o, ctid c, %s p from %s t) picked where picked.o = t.tableoid and picked.c = t.ctid%s;"
                        .formatted(
                                child.name(),
                                String.join(", ", sets),
                                picked,
                                child.name(),
                                notNull ? "" : " and picked.p % 4 <> 0"));
        if (action.equals("set default")) {
            List<String> first = parent.keyValues("1");
            for (int i = 0; i < names.size(); i++) {
                later.append("alter table %s alter column %s set default %s;"
                        .formatted(child.name(), names.get(i), first.get(i)));
            }
        }
        if (notNull) {
            names.forEach(
                    name -> later.append("alter table %s alter column %s set not null;".formatted(child.name(), name)));
        }
        later.append("alter table %s add constraint \"fk %d\" foreign key (%s) references %s (%s) on delete %s%s;"
                .formatted(
                        child.name(),
                        number,
                        String.join(", ", names),
                        parent.name(),
                        String.join(", ", parent.keyColumns()),
                        action,
                        any(List.of("", "", " deferrable", " deferrable initially deferred"))));
        if (random.nextInt(3) == 0) {
            later.append("create index on %s (%s);"
                    .formatted(child.name(), names.stream().collect(Collectors.joining(", "))));
        }
    }

    /** One that would spoil what is put back, if it ran. */
    private void trigger() {
        Table table = any(tables);
        if (table.key() == Key.NONE) {
            return;
        }
        sql.append("create function shop.spoil() returns trigger language plpgsql as $$ begin"
                + " if tg_op = 'DELETE' then return old; end if; raise exception 'spoilt'; end $$;");
        sql.append("create trigger spoil before insert or update on %s for each row execute function shop.spoil();"
                .formatted(table.name()));
    }
}
