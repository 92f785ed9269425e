package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one list of settings that sessions of ours have whatever {@code ALTER ROLE} and {@code ALTER DATABASE} say, so
 * that values print and are read the same everywhere and lose nothing. What is left to the application, and why, is in
 * {@code docs/settings.md}, which names every setting of every server.
 */
public final class SessionSettings {
    /** {@code lc_monetary}, under which money prints and is read. */
    public static final String MONEY = "lc_monetary";

    /** The locale under which our sessions print money: every server has it. */
    public static final String MONEY_LOCALE = "C";

    private static final int SINCE_16 = 16;

    /** The effect of a setting. */
    private enum Effect {
        /** Changes how values and SQL are read: the same for us and for programs that load what we or pg_dump wrote. */
        READING,
        /**
         * Changes how values print. Views and functions of the application print, too, so it is ours only where we
         * print.
         */
        PRINTING,
        /** Changes what statements do or find, whoever wrote them. */
        DOING
    }

    /** @param since first major version of the server that has it; 0 for all */
    private record Setting(String name, String value, int since, Effect effect) {
        Setting(String name, String value, Effect effect) {
            this(name, value, 0, effect);
        }
    }

    private static final List<Setting> ALL = List.of(
            new Setting("DateStyle", "ISO,YMD", Effect.PRINTING),
            new Setting("IntervalStyle", "postgres", Effect.PRINTING),
            new Setting("TimeZone", "UTC", Effect.PRINTING),
            new Setting("timezone_abbreviations", "Default", Effect.PRINTING),
            new Setting("extra_float_digits", "3", Effect.PRINTING),
            new Setting("bytea_output", "hex", Effect.PRINTING),
            new Setting("xmlbinary", "base64", Effect.PRINTING),
            new Setting("quote_all_identifiers", "off", Effect.PRINTING),
            new Setting(MONEY, MONEY_LOCALE, Effect.READING),
            new Setting("array_nulls", "on", Effect.READING),
            new Setting("xmloption", "content", Effect.READING),
            new Setting("standard_conforming_strings", "on", Effect.READING),
            new Setting("backslash_quote", "safe_encoding", Effect.READING),
            new Setting("transform_null_equals", "off", Effect.READING),
            // The planner would run what is constant in CHECK constraints.
            new Setting("constraint_exclusion", "off", Effect.DOING),
            new Setting("gin_fuzzy_search_limit", "0", Effect.DOING),
            new Setting("default_transaction_isolation", "read committed", Effect.DOING),
            new Setting("default_transaction_read_only", "off", Effect.DOING),
            new Setting("default_transaction_deferrable", "off", Effect.DOING),
            new Setting("exit_on_error", "off", Effect.DOING),
            // Compiling a statement over the catalogs takes a hundred times as long as running it.
            new Setting("jit", "off", Effect.DOING),
            new Setting("client_min_messages", "notice", Effect.DOING),
            new Setting("createrole_self_grant", "", SINCE_16, Effect.DOING),
            new Setting("icu_validation_level", "warning", SINCE_16, Effect.DOING));

    /** Whether triggers fire and foreign keys are checked. Only a superuser may say so. */
    private static final String REPLICATION_ROLE = "session_replication_role";

    private static final String SEARCH_PATH = "search_path";

    /**
     * The search path of our sessions: nobody but the system has objects there. Temporary ones come last: the
     * application may have made some.
     */
    private static final String PATH = "pg_catalog, pg_temp";

    /** pg_restore for people: an archive says nothing about how it is to be read. */
    public static final String PG_RESTORE = "PGOPTIONS='-c lc_monetary=C -c array_nulls=on' pg_restore";

    private static final String NOT_A_VALUE = "22023";

    private SessionSettings() {}

    /**
     * The settings of every session of ours, by name.
     *
     * @param major of the server
     * @param superuser whether the role may set what others may not
     */
    static Map<String, String> ours(int major, boolean superuser) {
        return of(major, superuser, List.of(Effect.values()));
    }

    /**
     * The settings of programs that load what was written under ours: how they read, but not how the application's own
     * views print while they are filled.
     *
     * @param moneyLocale under which money was printed; empty where nobody knows: then as role and database have it
     */
    static Map<String, String> forLoading(int major, boolean superuser, Optional<String> moneyLocale) {
        Map<String, String> settings = of(major, superuser, List.of(Effect.READING, Effect.DOING));
        settings.remove(MONEY);
        moneyLocale.ifPresent(locale -> settings.put(MONEY, locale));
        return settings;
    }

    private static Map<String, String> of(int major, boolean superuser, List<Effect> effects) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(SEARCH_PATH, PATH);
        ALL.stream()
                .filter(each -> each.since() <= major && effects.contains(each.effect()))
                .forEach(each -> settings.put(each.name(), each.value()));
        if (superuser) {
            settings.put(REPLICATION_ROLE, "origin");
        }
        return settings;
    }

    /**
     * Statements that end with the transaction, under which values print and are read as everywhere, whatever was set
     * before.
     */
    public static String exact() {
        return values(true, Optional.of(MONEY_LOCALE), " ");
    }

    /**
     * Statements under which values print and are read as role and database have it for the application.
     *
     * @param local whether that ends with the transaction
     */
    public static String usual(boolean local) {
        String set = local ? "SET LOCAL " : "SET ";
        return ALL.stream()
                .filter(each -> each.effect() != Effect.DOING)
                .map(each -> set + each.name() + " TO DEFAULT;")
                .collect(Collectors.joining());
    }

    /**
     * Lines for the head of a script with values as our sessions print them, which anybody may run anywhere.
     *
     * @param local whether they end with the transaction
     * @param moneyLocale under which money was printed; empty where nobody knows
     */
    public static String values(boolean local, Optional<String> moneyLocale) {
        return values(local, moneyLocale, "\n");
    }

    private static String values(boolean local, Optional<String> moneyLocale, String end) {
        return lines(local, List.of(Effect.READING, Effect.PRINTING), moneyLocale, end);
    }

    /**
     * The settings for a script that makes views, too, which print as they always do: only what decides how it is read.
     *
     * @param local whether they end with the transaction
     * @param moneyLocale under which money was printed; empty where nobody knows
     */
    public static String reading(boolean local, Optional<String> moneyLocale) {
        return lines(local, List.of(Effect.READING), moneyLocale, "\n");
    }

    private static String lines(boolean local, List<Effect> effects, Optional<String> moneyLocale, String end) {
        Map<String, String> settings = of(0, false, effects);
        settings.remove(SEARCH_PATH);
        settings.remove(MONEY);
        moneyLocale.ifPresent(locale -> settings.put(MONEY, locale));
        return settings.entrySet().stream()
                .map(each -> (local ? "SET LOCAL " : "SET ") + each.getKey() + " = "
                        + listed(each.getKey(), each.getValue()) + ";" + end)
                .collect(Collectors.joining());
    }

    /** Names of the settings that {@link #values} sets, lower-case. */
    public static List<String> names() {
        return ALL.stream()
                .filter(each -> each.effect() != Effect.DOING)
                .map(each -> each.name().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    /**
     * Has a session print and read money under another locale: for what was printed under it. To the end of the
     * transaction, or of the session in autocommit mode.
     *
     * @param locale for instance {@code es_AR.UTF-8}; empty for that of role and database
     * @throws PgkeepException SERVER_UNSUPPORTED when the server does not have it
     */
    public static void money(Connection connection, Optional<String> locale) {
        try (Statement statement = connection.createStatement()) {
            statement.execute((connection.getAutoCommit() ? "SET " : "SET LOCAL ")
                    + MONEY
                    + locale.map(each -> " = " + quoted(each)).orElse(" TO DEFAULT"));
        } catch (SQLException e) {
            throw locale.isPresent() && NOT_A_VALUE.equals(e.getSQLState())
                    ? new PgkeepException(
                            ErrorCode.SERVER_UNSUPPORTED,
                            "money was printed under the locale " + locale.get() + ", which this server does not have",
                            "install that locale on the server's machine, or set money-locale to one that writes money"
                                    + " the same way",
                            e)
                    : SqlErrors.translate(e, "choosing how money is written");
        }
    }

    /** The locale of money that role and database have for the application. */
    public static String usualMoney(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT reset_val FROM pg_catalog.pg_settings WHERE name = " + quoted(MONEY))) {
            row.next();
            return row.getString(1);
        }
    }

    private static String listed(String name, String value) {
        return name.equals("DateStyle") ? value : quoted(value);
    }

    static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /**
     * The settings as libpq's {@code options} has them, without the search path: PostgreSQL's own programs set that by
     * their first statement, and pg_dump finds the tables of a pattern by the one that it came with.
     */
    static String options(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(each -> !each.getKey().equals(SEARCH_PATH))
                .map(each -> "-c " + each.getKey() + "="
                        + each.getValue().replace("\\", "\\\\").replace(" ", "\\ "))
                .collect(Collectors.joining(" "));
    }
}
