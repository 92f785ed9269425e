package dev.pgkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills an empty database with what a test wants to see survive: every built-in type with its edge values, names that
 * break scripts, and every kind of object. All of it survives pg_dump and pg_restore on the same server version.
 *
 * <pre>{@code
 * EverythingDatabase.ofNormalRole().fill(connection);
 * EverythingDatabase.ofSuperuser().withHugeValue(50_000_000).fill(connection);
 * EverythingDatabase.empty().withManyTables(2000).fill(connection);
 * }</pre>
 */
public final class EverythingDatabase {
    /** The sum of all balances for each account made by {@link #withAccounts(int)}; transfers never change it. */
    public static final long BALANCE_PER_ACCOUNT = 1_000;

    private static final List<String> BASE = List.of(
            "10-types", "20-values", "30-names", "40-tables", "50-partitions", "60-code", "70-views", "80-others");
    private static final List<Integer> VERSIONS = List.of(15, 16, 17, 18);

    /** In the order of their dependencies. */
    private static final List<String> EXTENSIONS = List.of(
            "hstore",
            "citext",
            "pg_trgm",
            "ltree",
            "cube",
            "earthdistance",
            "btree_gist",
            "btree_gin",
            "intarray",
            "isn",
            "seg",
            "uuid-ossp",
            "pgcrypto",
            "unaccent",
            "lo",
            "bloom",
            "postgres_fdw",
            "tablefunc",
            "fuzzystrmatch",
            "dict_int",
            "tsm_system_rows");

    private final List<Step> steps;

    private EverythingDatabase(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** Nothing at all, to which the {@code with…} methods add. */
    public static EverythingDatabase empty() {
        return new EverythingDatabase(List.of());
    }

    /** What the owner of a database can make without further rights, as far as the server's version knows it. */
    public static EverythingDatabase ofNormalRole() {
        return empty().with(EverythingDatabase::runBase);
    }

    /** Also extensions, row security, roles and rights, event triggers, foreign servers, operator classes and so on. */
    public static EverythingDatabase ofSuperuser() {
        return ofNormalRole()
                .withExtensions()
                .withRowSecurity()
                .with(script("superuser"))
                .withRoles();
    }

    /** Every extension from contrib that the server has. The role must be a superuser. */
    public EverythingDatabase withExtensions() {
        return with(EverythingDatabase::runExtensions);
    }

    /** Tables with policies in the schema {@code secured}; roles bound by them cannot dump it. */
    public EverythingDatabase withRowSecurity() {
        return with(script("row-security"));
    }

    /** Roles {@code pgkeep_owner}, {@code pgkeep_reader} and one with an odd name, their objects and rights. */
    public EverythingDatabase withRoles() {
        return with(script("roles"));
    }

    /** One row in {@code huge.values} with a bytea and a text of so many bytes each, hard to compress. */
    public EverythingDatabase withHugeValue(int bytes) {
        return with(connection -> run(connection, GeneratedSql.hugeValue(bytes)));
    }

    /** So many tables, in schemas {@code many_1}, {@code many_2}, … of 500 each, with three rows in each table. */
    public EverythingDatabase withManyTables(int tables) {
        return with(connection -> run(connection, GeneratedSql.manyTables(tables)));
    }

    /**
     * {@code bank.accounts} numbered from 1, {@link #BALANCE_PER_ACCOUNT} in each, and {@code bank.transfer(source,
     * destination, amount)} that moves money and notes it in {@code bank.transfers}.
     */
    public EverythingDatabase withAccounts(int accounts) {
        return with(connection -> run(connection, GeneratedSql.accounts(accounts, BALANCE_PER_ACCOUNT)));
    }

    /** Runs it all. The connection must be in autocommit mode and its database empty. */
    public void fill(Connection connection) throws SQLException {
        for (var step : steps) {
            step.run(connection);
        }
    }

    private EverythingDatabase with(Step step) {
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return new EverythingDatabase(longer);
    }

    private static void runBase(Connection connection) throws SQLException {
        for (var name : BASE) {
            script(name).run(connection);
        }
        int version = connection.getMetaData().getDatabaseMajorVersion();
        for (int since : VERSIONS) {
            if (since <= version) {
                script("since-" + since).run(connection);
            }
        }
        if (holds(connection, "SELECT 1 FROM pg_collation WHERE collname = 'de-x-icu'")) {
            script("icu").run(connection);
        }
    }

    private static void runExtensions(Connection connection) throws SQLException {
        for (var name : EXTENSIONS) {
            if (holds(connection, "SELECT 1 FROM pg_available_extensions WHERE name = '" + name + "'")) {
                script("extensions/" + name).run(connection);
            }
        }
    }

    private static boolean holds(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static Step script(String name) {
        return connection -> {
            try {
                run(connection, text("everything/" + name + ".sql"));
            } catch (SQLException failure) {
                throw new SQLException("in " + name + ".sql: " + failure.getMessage(), failure.getSQLState(), failure);
            }
        };
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static String text(String resource) {
        try (var in = EverythingDatabase.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run(Connection connection) throws SQLException;
    }
}
