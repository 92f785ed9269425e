package dev.pgkeep.operation.restore.client;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Known reasons why a statement of a script fails, and what helps. */
final class ScriptHints {
    private static final Pattern FUNCTION = Pattern.compile("(?:function|aggregate) ([\\w.]+)\\(.*does not exist");
    private static final Pattern TYPE = Pattern.compile("type \"?([\\w.]+)\"?(?:\\[\\])? does not exist");
    private static final Pattern CLASS =
            Pattern.compile("operator class \"?([\\w.]+)\"? does not exist|access method \"?(\\w+)\"? does not exist");
    private static final Pattern SETTING = Pattern.compile("unrecognized configuration parameter \"([^\"]+)\"");
    private static final Pattern MISSING_ROLE = Pattern.compile("role \"([^\"]*)\" does not exist");
    private static final Pattern EXTENSION = Pattern.compile(
            "extension \"([^\"]+)\" is not available|extension control file \".*/([^/\"]+)\\.control\"");

    /** The first version that has a function. */
    private static final Map<String, Integer> FUNCTIONS = Map.ofEntries(
            Map.entry("uuidv7", 18),
            Map.entry("uuidv4", 18),
            Map.entry("array_sort", 18),
            Map.entry("array_reverse", 18),
            Map.entry("casefold", 18),
            Map.entry("crc32", 18),
            Map.entry("crc32c", 18),
            Map.entry("gamma", 18),
            Map.entry("lgamma", 18),
            Map.entry("jsonb_strip_nulls", 18),
            Map.entry("json_exists", 17),
            Map.entry("json_query", 17),
            Map.entry("json_value", 17),
            Map.entry("json_scalar", 17),
            Map.entry("json_serialize", 17),
            Map.entry("to_bin", 17),
            Map.entry("to_oct", 17),
            Map.entry("uuid_extract_timestamp", 17),
            Map.entry("uuid_extract_version", 17),
            Map.entry("xmltext", 17),
            Map.entry("unicode_assigned", 17),
            Map.entry("any_value", 16),
            Map.entry("array_sample", 16),
            Map.entry("array_shuffle", 16),
            Map.entry("date_add", 16),
            Map.entry("date_subtract", 16),
            Map.entry("erf", 16),
            Map.entry("erfc", 16),
            Map.entry("json_array", 16),
            Map.entry("json_arrayagg", 16),
            Map.entry("json_object", 16),
            Map.entry("json_objectagg", 16),
            Map.entry("pg_input_is_valid", 16),
            Map.entry("random_normal", 16),
            Map.entry("regexp_count", 15),
            Map.entry("regexp_instr", 15),
            Map.entry("regexp_like", 15),
            Map.entry("regexp_substr", 15),
            Map.entry("has_parameter_privilege", 15),
            Map.entry("bit_count", 14),
            Map.entry("date_bin", 14),
            Map.entry("range_agg", 14),
            Map.entry("split_part", 14),
            Map.entry("string_to_table", 14),
            Map.entry("unistr", 14),
            Map.entry("gen_random_uuid", 13));

    /** The first version that has a setting. */
    private static final Map<String, Integer> SETTINGS = Map.ofEntries(
            Map.entry("io_method", 18),
            Map.entry("file_copy_method", 18),
            Map.entry("transaction_timeout", 17),
            Map.entry("event_triggers", 17),
            Map.entry("allow_alter_system", 17),
            Map.entry("restrict_nonsystem_relation_kind", 17),
            Map.entry("createrole_self_grant", 16),
            Map.entry("reserved_connections", 16),
            Map.entry("icu_validation_level", 16),
            Map.entry("recursive_worktable_factor", 15),
            Map.entry("stats_fetch_consistency", 15),
            Map.entry("client_connection_check_interval", 14),
            Map.entry("default_toast_compression", 14),
            Map.entry("idle_session_timeout", 14),
            Map.entry("enable_memoize", 14));

    /** The parts of the language by the version that brought them. */
    private static final List<Syntax> SYNTAX = List.of(
            new Syntax("GENERATED\\s+ALWAYS\\s+AS\\s*\\(.*\\bVIRTUAL", 18, "a VIRTUAL generated column"),
            new Syntax("GENERATED\\s+ALWAYS\\s+AS\\s*\\((?!.*\\bSTORED)", 18, "a generated column without STORED"),
            new Syntax("WITHOUT\\s+OVERLAPS", 18, "WITHOUT OVERLAPS"),
            new Syntax("FOREIGN\\s+KEY\\s*\\([^)]*\\bPERIOD\\b", 18, "a foreign key with PERIOD"),
            new Syntax("NOT\\s+ENFORCED", 18, "NOT ENFORCED"),
            new Syntax("ADD\\s+(?:CONSTRAINT\\s+\\S+\\s+)?NOT\\s+NULL\\s", 18, "a NOT NULL constraint with a name"),
            new Syntax("\\bJSON_TABLE\\s*\\(", 17, "JSON_TABLE"),
            new Syntax("\\bMERGE\\b.*\\bRETURNING\\b", 17, "MERGE with RETURNING"),
            new Syntax("WHEN\\s+NOT\\s+MATCHED\\s+BY\\s+SOURCE", 17, "WHEN NOT MATCHED BY SOURCE"),
            new Syntax("provider\\s*=\\s*'?builtin", 17, "the builtin collation provider"),
            new Syntax("\\b(?:GRANT|REVOKE)\\b.*\\bMAINTAIN\\b", 17, "the right MAINTAIN"),
            new Syntax("GRANT\\b.*\\bWITH\\s+(?:INHERIT|SET)\\b", 16, "memberships WITH INHERIT or SET"),
            new Syntax("CREATE\\s+TABLE\\b.*\\bSTORAGE\\s+(?:PLAIN|EXTERNAL|EXTENDED|MAIN)", 16, "STORAGE of a column"),
            new Syntax("\\bIS\\s+(?:NOT\\s+)?JSON\\b", 16, "IS JSON"),
            new Syntax("^MERGE\\b", 15, "MERGE"),
            new Syntax("NULLS\\s+NOT\\s+DISTINCT", 15, "NULLS NOT DISTINCT"),
            new Syntax("security_invoker", 15, "a view with security_invoker"),
            new Syntax("ON\\s+DELETE\\s+SET\\s+(?:NULL|DEFAULT)\\s*\\(", 15, "ON DELETE SET NULL of some columns"),
            new Syntax("PUBLICATION\\b.*\\bTABLES\\s+IN\\s+SCHEMA", 15, "a publication of TABLES IN SCHEMA"),
            new Syntax("\\b(?:GRANT|REVOKE)\\b.*\\bON\\s+PARAMETER\\b", 15, "rights on parameters"),
            new Syntax("locale_provider", 15, "LOCALE_PROVIDER"),
            new Syntax("BEGIN\\s+ATOMIC", 14, "BEGIN ATOMIC"),
            new Syntax("\\w+multirange", 14, "a multirange"),
            new Syntax("\\bCOMPRESSION\\s+(?:pglz|lz4)", 14, "COMPRESSION of a column"));

    /** The extension that has a function, a type or a class of operators. */
    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("vector", "vector"),
            Map.entry("halfvec", "vector"),
            Map.entry("sparsevec", "vector"),
            Map.entry("hnsw", "vector"),
            Map.entry("ivfflat", "vector"),
            Map.entry("geometry", "postgis"),
            Map.entry("geography", "postgis"),
            Map.entry("raster", "postgis_raster"),
            Map.entry("citext", "citext"),
            Map.entry("hstore", "hstore"),
            Map.entry("ltree", "ltree"),
            Map.entry("cube", "cube"),
            Map.entry("earth", "earthdistance"),
            Map.entry("isbn", "isn"),
            Map.entry("isbn13", "isn"),
            Map.entry("gin_trgm_ops", "pg_trgm"),
            Map.entry("gist_trgm_ops", "pg_trgm"),
            Map.entry("similarity", "pg_trgm"),
            Map.entry("gist_int4_ops", "btree_gist"),
            Map.entry("uuid_generate_v1", "uuid-ossp"),
            Map.entry("uuid_generate_v1mc", "uuid-ossp"),
            Map.entry("uuid_generate_v4", "uuid-ossp"),
            Map.entry("uuid_generate_v5", "uuid-ossp"),
            Map.entry("crypt", "pgcrypto"),
            Map.entry("gen_salt", "pgcrypto"),
            Map.entry("digest", "pgcrypto"),
            Map.entry("hmac", "pgcrypto"),
            Map.entry("gen_random_bytes", "pgcrypto"),
            Map.entry("pgp_sym_encrypt", "pgcrypto"),
            Map.entry("pgp_sym_decrypt", "pgcrypto"),
            Map.entry("unaccent", "unaccent"),
            Map.entry("crosstab", "tablefunc"),
            Map.entry("dblink", "dblink"),
            Map.entry("levenshtein", "fuzzystrmatch"),
            Map.entry("soundex", "fuzzystrmatch"),
            Map.entry("metaphone", "fuzzystrmatch"),
            Map.entry("time_bucket", "timescaledb"),
            Map.entry("create_hypertable", "timescaledb"),
            Map.entry("h3index", "h3"),
            Map.entry("bloom", "bloom"));

    private record Syntax(Pattern pattern, int since, String what) {
        private Syntax(String pattern, int since, String what) {
            this(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), since, what);
        }
    }

    private final String words;
    private final String code;
    private final int server;

    private ScriptHints(String words, String code, int server) {
        this.words = words;
        this.code = code;
        this.server = server;
    }

    /**
     * The hint that helps; empty where the reason is not known.
     *
     * @param state SQLSTATE
     * @param words what the server said, in English or not
     * @param code how the statement begins
     * @param serverVersion as {@code server_version_num}
     */
    static Optional<String> find(String state, String words, String code, int serverVersion) {
        ScriptHints hints = new ScriptHints(words, code, serverVersion / 10_000);
        return switch (state) {
            case "42883" -> hints.named(FUNCTION, FUNCTIONS).or(hints::newerSyntax);
            case "42704" -> hints.missing();
            case "42601", "22023", "0A000", "42P17" -> hints.otherSystem().or(hints::newerSyntax);
            case "0LP01" -> hints.newerSyntax();
            case "58P01" -> hints.extension();
            case "42501" -> hints.rights();
            case "22021", "22P05" ->
                Optional.of("the script is in another encoding than it says: put the right one at"
                        + " its beginning, for instance SET client_encoding = 'LATIN1';");
            case "42P07", "42710", "42723" ->
                Optional.of(
                        "the script makes something that is there already: restore into an empty database (--to NAME"
                                + " --create-db)");
            case "42P01", "3F000" ->
                Optional.of("the script uses something that it does not make: is it only a part of"
                        + " a dump, or meant for a database with its tables in place (--data-only)?");
            case "22P04" ->
                Optional.of("the rows of this COPY do not fit its table: was the file edited or converted?");
            default -> Optional.empty();
        };
    }

    /** A type, a role, a setting, a class of operators. */
    private Optional<String> missing() {
        Matcher setting = SETTING.matcher(words);
        if (setting.find()) {
            return Optional.of(since(setting.group(1), SETTINGS)
                    .orElse(
                            setting.group(1).contains(".")
                                    ? "an extension brings that setting: install it on the server first"
                                    : "the script is from a newer server than this one: restore into such a one, or take the"
                                            + " setting out"));
        }
        if (MISSING_ROLE.matcher(words).find()) {
            return Optional.of("create that role first, or restore without --owners and --grants");
        }
        return named(TYPE, Map.of()).or(() -> named(CLASS, Map.of())).or(this::newerSyntax);
    }

    private Optional<String> named(Pattern pattern, Map<String, Integer> versions) {
        Matcher matcher = pattern.matcher(words);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String full = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        String name = full.substring(full.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        Optional<String> newer = since(name, versions);
        if (newer.isPresent()) {
            return newer.map(
                    text -> text.replaceFirst(Pattern.quote(name), name + (versions == FUNCTIONS ? "()" : "")));
        }
        return Optional.ofNullable(EXTENSIONS.get(name))
                .or(() -> name.startsWith("st_") ? Optional.of("postgis") : Optional.empty())
                .or(() -> name.startsWith("vector_") ? Optional.of("vector") : Optional.empty())
                .map(extension -> name + " belongs to the extension " + extension + ": CREATE EXTENSION "
                        + (extension.matches("\\w+") ? extension : '"' + extension + '"')
                        + " in the database first, or in the script");
    }

    private Optional<String> since(String name, Map<String, Integer> versions) {
        return Optional.ofNullable(versions.get(name))
                .filter(version -> version > server)
                .map(version -> text(name, version));
    }

    private Optional<String> newerSyntax() {
        return SYNTAX.stream()
                .filter(each ->
                        each.since() > server && each.pattern().matcher(code).find())
                .findFirst()
                .map(each -> text(each.what(), each.since()));
    }

    private String text(String what, int version) {
        return what + " is there from PostgreSQL " + version + " on; this server is " + server;
    }

    private Optional<String> extension() {
        Matcher matcher = EXTENSION.matcher(words);
        return matcher.find()
                ? Optional.of("install the extension "
                        + (matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                        + " on the server first, for instance its package postgresql-" + server + "-NAME")
                : Optional.empty();
    }

    private Optional<String> rights() {
        return Pattern.compile("^CREATE\\s+EXTENSION\\b", Pattern.CASE_INSENSITIVE)
                        .matcher(code)
                        .find()
                ? Optional.of("only a superuser may create this extension: have it created in the database (or in"
                        + " template1) before, and restore again")
                : Optional.empty();
    }

    private Optional<String> otherSystem() {
        String system = Pattern.compile("`|\\bENGINE\\s*=|\\bAUTO_INCREMENT\\b|^(?:UN)?LOCK\\s+TABLES\\b|^USE\\s")
                        .matcher(code)
                        .find()
                ? "MySQL"
                : Pattern.compile("^PRAGMA\\b|\\bAUTOINCREMENT\\b")
                                .matcher(code)
                                .find()
                        ? "SQLite"
                        : Pattern.compile("\\[dbo\\]|\\bNVARCHAR\\s*\\(|\\bIDENTITY\\s*\\(\\s*1")
                                        .matcher(code)
                                        .find()
                                ? "SQL Server"
                                : Pattern.compile("\\bVARCHAR2\\s*\\(")
                                                .matcher(code)
                                                .find()
                                        ? "Oracle"
                                        : "";
        return system.isEmpty()
                ? Optional.empty()
                : Optional.of("this looks like SQL of " + system + ", which PostgreSQL does not read: convert it first"
                        + (system.equals("MySQL") || system.equals("SQLite") ? ", for instance with pgloader" : ""));
    }
}
