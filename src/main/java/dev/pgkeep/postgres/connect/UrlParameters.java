package dev.pgkeep.postgres.connect;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives every parameter of a connection text its libpq meaning: libpq's own stay, those of drivers, mappers and poolers
 * are translated where they concern the connection, and the rest is left out with a note.
 */
final class UrlParameters {
    /** Belong to the application's pool, mapper or driver, and mean nothing for a backup. */
    private static final Set<String> OF_THE_APPLICATION = Set.of(
            "connection_limit",
            "pool_timeout",
            "pool_size",
            "poolsize",
            "pool",
            "max_pool_size",
            "min_pool_size",
            "max_overflow",
            "pool_recycle",
            "pool_pre_ping",
            "statement_cache_size",
            "statement_cache_capacity",
            "prepared_statement_cache_size",
            "prepared_statements",
            "preparethreshold",
            "preparedstatementcachequeries",
            "preparedstatementcachesizemib",
            "socket_timeout",
            "sockettimeout",
            "pgbouncer",
            "charset",
            "encoding",
            "characterencoding",
            "useunicode",
            "unicode",
            "reconnect",
            "timezone",
            "serverversion",
            "adapter",
            "conn_max_age",
            "conn_health_checks",
            "disable_server_side_cursors",
            "idle_timeout",
            "idletimeoutmillis",
            "max_lifetime",
            "max",
            "min",
            "single_use_connections",
            "uselibpqcompat",
            "rewritebatchedinserts",
            "defaultrowfetchsize",
            "stringtype",
            "autosave",
            "tcpkeepalive",
            "readonly",
            "binarytransfer",
            "loglevel",
            "loggerlevel",
            "loggerfile",
            "query_timeout",
            "querytimeout",
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "application",
            "supa",
            "workaround",
            "allowencodingchanges",
            "autocommit",
            "prefer_simple_protocol",
            "default_query_exec_mode",
            "pool_max_conns",
            "pool_min_conns",
            "pool_max_conn_lifetime",
            "pool_max_conn_idle_time",
            "acquire_timeout",
            "timeout",
            "command_timeout",
            "connectionlimit",
            "maxpoolsize",
            "minpoolsize",
            "target_server",
            "fetchsize",
            "quotereturningidentifiers",
            "assumeminserverversion",
            "logunclosedconnections",
            "prepared_statement",
            "async_fallback",
            "prepared_statement_name_func",
            "simple_protocol",
            "statement_cache_mode");

    private final RawSettings raw;
    private final Map<String, String> known = new TreeMap<>();
    private final Map<String, String> foreign = new TreeMap<>();
    private final Map<String, String> written = new TreeMap<>();
    private final List<String> notes;

    private UrlParameters(RawSettings raw, List<String> notes) {
        this.raw = raw;
        this.notes = notes;
    }

    /** Values under libpq names, those of identity included. */
    static Map<String, String> understand(RawSettings raw, List<String> notes) {
        var reading = new UrlParameters(raw, notes);
        raw.values().forEach(reading::sort);
        reading.translateSchema();
        reading.translateDriverNames();
        reading.translatePrisma();
        reading.translateSsl();
        reading.noteTheRest();
        return reading.known;
    }

    private void sort(String name, String value) {
        if (LibpqNames.IDENTITY.contains(name) || LibpqNames.VARIABLES.containsKey(name)) {
            known.put(name, value);
            return;
        }
        String small = name.toLowerCase(Locale.ROOT);
        // Some drivers write sslMode.
        if (raw.form() != RawSettings.Form.KEYWORDS && LibpqNames.VARIABLES.containsKey(small)) {
            known.putIfAbsent(small, value);
            return;
        }
        foreign.put(small, value);
        written.put(small, name);
    }

    private void translateSchema() {
        take("schema")
                .or(() -> take("currentschema"))
                .or(() -> take("search_path"))
                .ifPresent(schema -> notes.add("the connection names the schema " + schema
                        + "; pgkeep works on the whole database" + " unless told otherwise (-n " + schema + ")"));
    }

    private void translateDriverNames() {
        rename("applicationname", "application_name");
        rename("username", "user");
        rename("database", "dbname");
        rename("db", "dbname");
        rename("hostname", "host");
        rename("channelbinding", "channel_binding");
        rename("gssencmode", "gssencmode");
        rename("kerberosservername", "krbsrvname");
        rename("sslnegotiation", "sslnegotiation");
        rename("connecttimeout", "connect_timeout");
        rename("connection_timeout", "connect_timeout");
        take("logintimeout").ifPresent(value -> known.putIfAbsent("connect_timeout", value));
        take("targetservertype").ifPresent(type -> known.putIfAbsent("target_session_attrs", sessionAttributes(type)));
        take("sslpassword")
                .ifPresent(
                        secret -> notes.add(
                                "sslpassword is ignored: client tools cannot be given it safely; use a key without a passphrase"));
    }

    private static String sessionAttributes(String serverType) {
        return switch (serverType.toLowerCase(Locale.ROOT)) {
            case "primary", "master" -> "primary";
            case "secondary", "slave" -> "standby";
            case "preferslave", "prefersecondary" -> "prefer-standby";
            default -> "any";
        };
    }

    /** Prisma: {@code sslcert} is the authority's certificate there, and {@code sslaccept} says whether it must fit. */
    private void translatePrisma() {
        Optional<String> accept = take("sslaccept");
        boolean identity = take("sslidentity").isPresent();
        if (identity) {
            notes.add("sslidentity (PKCS 12) is ignored: use sslcert and sslkey for a client certificate");
        }
        if (accept.isEmpty() && !identity) {
            return;
        }
        String authority = known.remove("sslcert");
        if (authority != null) {
            known.putIfAbsent("sslrootcert", authority);
        }
        accept.filter(value -> !"disable".equals(known.get("sslmode"))).ifPresent(this::accept);
    }

    /** Whether certificates must fit is all that it says: whether there is encryption is up to {@code sslmode}. */
    private void accept(String value) {
        if (value.equalsIgnoreCase("accept_invalid_certs")) {
            known.computeIfPresent("sslmode", (name, mode) -> mode.startsWith("verify") ? "require" : mode);
            known.remove("sslrootcert");
            return;
        }
        known.put("sslmode", "verify-full");
        known.putIfAbsent("sslrootcert", "system");
    }

    private void translateSsl() {
        take("sslrequire").ifPresent(value -> known.putIfAbsent("sslmode", "require"));
        take("requiressl").filter("1"::equals).ifPresent(value -> known.putIfAbsent("sslmode", "require"));
        boolean careless = take("sslfactory")
                .filter(factory -> factory.contains("NonValidating"))
                .isPresent();
        take("ssl").ifPresent(value -> known.putIfAbsent("sslmode", sslMode(value, careless)));
        if (careless) {
            known.putIfAbsent("sslmode", "require");
        }
        if ("no-verify".equals(known.get("sslmode"))) {
            known.put("sslmode", "require");
            known.remove("sslrootcert");
        }
    }

    /**
     * The mode that {@code ssl=…} means: to the JDBC driver a full check, to the others encryption, or a mode's name.
     */
    private String sslMode(String value, boolean careless) {
        String word = value.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "false", "0", "off", "no" -> "disable";
            case "true", "1", "on", "yes", "" ->
                raw.form() == RawSettings.Form.JDBC && !careless ? "verify-full" : "require";
            default -> SslModes.ALL.contains(word) ? word : "require";
        };
    }

    private void noteTheRest() {
        var ofTheApplication = new ArrayList<String>();
        var others = new LinkedHashSet<String>();
        for (String name : foreign.keySet()) {
            if (LibpqNames.DECIDED_BY_US.contains(name)
                    || LibpqNames.OTHERS.contains(name)
                    || OF_THE_APPLICATION.contains(name)) {
                ofTheApplication.add(name);
            } else {
                others.add(written.getOrDefault(name, name));
            }
        }
        List<String> unknown = UnknownNames.refuse(raw, others);
        if (!ofTheApplication.isEmpty()) {
            notes.add(
                    "ignored in the connection (they concern the application): " + String.join(", ", ofTheApplication));
        }
        if (!unknown.isEmpty()) {
            notes.add("ignored in the connection (unknown parameters): " + String.join(", ", unknown));
        }
    }

    private void rename(String from, String to) {
        take(from).ifPresent(value -> known.putIfAbsent(to, value));
    }

    private Optional<String> take(String name) {
        return Optional.ofNullable(foreign.remove(name));
    }
}
