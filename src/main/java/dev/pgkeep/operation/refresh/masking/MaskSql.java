package dev.pgkeep.operation.refresh.masking;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Sql;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements of masking. The functions that they use live as long as the session that makes them. */
public final class MaskSql {
    /** Characters of a hash in a column that takes as many: 96 bits. */
    static final int HASH_LENGTH = 24;

    static final String MAIL_DOMAIN = "@example.com";
    /** The fewest characters before the domain: with fewer, two addresses would soon be the same. */
    static final int LEAST_LOCAL_PART = 12;

    private static final int LOCAL_PART = 20;

    private MaskSql() {}

    /**
     * Makes the functions of a session: {@code pg_temp.pgkeep_hash(text)} and {@code pg_temp.pgkeep_email(text)}, which
     * rules in SQL may use too. The two halves of the key are taken from the settings {@code pgkeep.mask_inner} and
     * {@code pgkeep.mask_outer}.
     */
    public static List<String> functions() {
        return List.of(
                function("hmac(pg_catalog.text)", "pg_catalog.bytea", """
                        pg_catalog.sha256(
                            pg_catalog.decode(pg_catalog.current_setting('pgkeep.mask_outer'), 'hex')
                            || pg_catalog.sha256(
                                pg_catalog.decode(pg_catalog.current_setting('pgkeep.mask_inner'), 'hex')
                                || pg_catalog.convert_to($1, 'UTF8')))"""),
                function(
                        "hash(pg_catalog.text, pg_catalog.int4)",
                        "pg_catalog.text",
                        "pg_catalog.left(pg_catalog.encode(pg_temp.pgkeep_hmac($1), 'hex'), $2)"),
                function("hash(pg_catalog.text)", "pg_catalog.text", "pg_temp.pgkeep_hash($1, " + HASH_LENGTH + ")"),
                function(
                        "email(pg_catalog.text, pg_catalog.int4)",
                        "pg_catalog.text",
                        "pg_temp.pgkeep_hash($1, $2) || '" + MAIL_DOMAIN + "'"),
                function("email(pg_catalog.text)", "pg_catalog.text", "pg_temp.pgkeep_email($1, " + LOCAL_PART + ")"),
                function(
                        "number(pg_catalog.text)",
                        "pg_catalog.int8",
                        "('x' || pg_temp.pgkeep_hash($1, 16))::pg_catalog.bit(64)::pg_catalog.int8"));
    }

    private static String function(String signature, String returns, String body) {
        return "CREATE FUNCTION pg_temp.pgkeep_" + signature + " RETURNS " + returns
                + " LANGUAGE sql STABLE STRICT AS $pgkeep$ SELECT " + body + " $pgkeep$";
    }

    /** The statement that masks every row of a table. */
    public static String update(MaskedTable table) {
        return "UPDATE " + (table.partitioned() ? "" : "ONLY ") + identifier(table.name()) + " SET "
                + table.columns().entrySet().stream().map(MaskSql::assignment).collect(Collectors.joining(", "));
    }

    /** The value that a mask makes of some value, as an expression without a row; empty for SQL, which may need one. */
    public static Optional<String> sample(ColumnShape column, Mask mask) {
        return switch (mask) {
            case Mask.Keep keep -> Optional.empty();
            case Mask.Expression expression -> Optional.empty();
            case Mask.Null nothing -> Optional.of("NULL::" + column.type());
            case Mask.Constant constant -> Optional.of(Sql.literal(constant.value()) + "::" + column.type());
            case Mask.Email email ->
                Optional.of("pg_temp.pgkeep_email('sample', " + localPart(column) + ")::" + column.type());
            case Mask.Hash hash ->
                column.family().isText()
                        ? Optional.of("pg_temp.pgkeep_hash('sample', " + hashLength(column) + ")::" + column.type())
                        : Optional.empty();
        };
    }

    /** Takes a foreign key away for the time of masking. */
    public static String drop(ForeignKey key) {
        return alter(key.from()) + "DROP CONSTRAINT " + Sql.identifier(key.name());
    }

    /** Makes a foreign key again; the server looks whether every row keeps it. */
    public static List<String> create(ForeignKey key) {
        String add = alter(key.from()) + "ADD CONSTRAINT " + Sql.identifier(key.name()) + " " + key.definition();
        return key.comment()
                .map(text -> List.of(
                        add,
                        "COMMENT ON CONSTRAINT " + Sql.identifier(key.name()) + " ON " + identifier(key.from()) + " IS "
                                + Sql.literal(text)))
                .orElse(List.of(add));
    }

    static String alter(TableName table) {
        return "ALTER TABLE " + identifier(table) + " ";
    }

    public static String identifier(TableName table) {
        return Sql.identifier(table.schema(), table.name());
    }

    private static String assignment(Map.Entry<ColumnShape, Mask> each) {
        return Sql.identifier(each.getKey().name()) + " = " + value(each.getKey(), each.getValue());
    }

    private static String value(ColumnShape column, Mask mask) {
        return switch (mask) {
            case Mask.Keep keep -> Sql.identifier(column.name());
            case Mask.Null nothing -> "NULL";
            case Mask.Constant constant -> Sql.literal(constant.value());
            case Mask.Hash hash -> hash(column);
            case Mask.Email email -> "pg_temp.pgkeep_email(" + text(column) + ", " + localPart(column) + ")";
            case Mask.Expression expression -> "(" + expression.sql() + "\n)";
        };
    }

    private static String hash(ColumnShape column) {
        String text = text(column);
        return switch (column.family()) {
            case TEXT, CITEXT -> "pg_temp.pgkeep_hash(" + text + ", " + hashLength(column) + ")";
            case UUID -> "pg_temp.pgkeep_hash(" + text + ", 32)::pg_catalog.uuid";
            case BIGINT -> "pg_temp.pgkeep_number(" + text + ") & 9223372036854775807";
            case INTEGER -> "(pg_temp.pgkeep_number(" + text + ") & 2147483647)::pg_catalog.int4";
            case SMALLINT -> "(pg_temp.pgkeep_number(" + text + ") & 32767)::pg_catalog.int2";
            case BYTEA -> "pg_temp.pgkeep_hmac(pg_catalog.encode(" + Sql.identifier(column.name()) + ", 'hex'))";
            case OTHER -> throw new IllegalArgumentException("no hash fits " + column.type());
        };
    }

    private static String text(ColumnShape column) {
        String text = Sql.identifier(column.name()) + "::pg_catalog.text";
        return column.family() == ColumnShape.Family.CITEXT ? "pg_catalog.lower(" + text + ")" : text;
    }

    static int hashLength(ColumnShape column) {
        return Math.min(HASH_LENGTH, column.limit().orElse(HASH_LENGTH));
    }

    static int localPart(ColumnShape column) {
        return Math.min(LOCAL_PART, column.limit().orElse(Integer.MAX_VALUE) - MAIL_DOMAIN.length());
    }
}
