package dev.pgkeep.postgres.connect;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names libpq knows: connection parameters, and the environment variables that stand for them. */
final class LibpqNames {
    /** Parameters that say who and where; they have their own place in a {@link Target}. */
    static final Set<String> IDENTITY =
            Set.of("host", "hostaddr", "port", "dbname", "user", "password", "service", "passfile");

    /** Parameters that stay parameters, with the variable that carries each to a child process. */
    static final Map<String, String> VARIABLES = Map.ofEntries(
            entry("sslmode", "PGSSLMODE"),
            entry("sslrootcert", "PGSSLROOTCERT"),
            entry("sslcert", "PGSSLCERT"),
            entry("sslkey", "PGSSLKEY"),
            entry("sslcertmode", "PGSSLCERTMODE"),
            entry("sslcrl", "PGSSLCRL"),
            entry("sslcrldir", "PGSSLCRLDIR"),
            entry("sslsni", "PGSSLSNI"),
            entry("sslcompression", "PGSSLCOMPRESSION"),
            entry("sslnegotiation", "PGSSLNEGOTIATION"),
            entry("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION"),
            entry("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION"),
            entry("channel_binding", "PGCHANNELBINDING"),
            entry("require_auth", "PGREQUIREAUTH"),
            entry("requirepeer", "PGREQUIREPEER"),
            entry("gssencmode", "PGGSSENCMODE"),
            entry("gsslib", "PGGSSLIB"),
            entry("gssdelegation", "PGGSSDELEGATION"),
            entry("krbsrvname", "PGKRBSRVNAME"),
            entry("connect_timeout", "PGCONNECT_TIMEOUT"),
            entry("target_session_attrs", "PGTARGETSESSIONATTRS"),
            entry("options", "PGOPTIONS"),
            entry("application_name", "PGAPPNAME"));

    /** Variables for identity, in reading order. */
    static final Map<String, String> IDENTITY_VARIABLES = Map.of(
            "host", "PGHOST",
            "hostaddr", "PGHOSTADDR",
            "port", "PGPORT",
            "dbname", "PGDATABASE",
            "user", "PGUSER",
            "password", "PGPASSWORD",
            "service", "PGSERVICE",
            "passfile", "PGPASSFILE");

    /** Further variables that change how libpq or a session behaves and that a child must not inherit. */
    static final Set<String> UNWANTED = Set.of(
            "PGSERVICEFILE",
            "PGREALM",
            "PGREQUIRESSL",
            "PGCLIENTENCODING",
            "PGDATESTYLE",
            "PGTZ",
            "PGGEQO",
            "PGLOADBALANCEHOSTS",
            "PGMINPROTOCOLVERSION",
            "PGMAXPROTOCOLVERSION");

    /** Parameters of libpq that pgkeep decides itself, so that what the text says about them does not matter. */
    static final Set<String> DECIDED_BY_US = Set.of(
            "client_encoding",
            "fallback_application_name",
            "keepalives",
            "keepalives_idle",
            "keepalives_interval",
            "keepalives_count",
            "tcp_user_timeout",
            "load_balance_hosts",
            "replication",
            "min_protocol_version",
            "max_protocol_version");

    /** Further parameters of libpq, which mean nothing to a session of ours. */
    static final Set<String> OTHERS = Set.of(
            "authtype",
            "tty",
            "servicefile",
            "sslkeylogfile",
            "scram_client_key",
            "scram_server_key",
            "oauth_issuer",
            "oauth_client_id",
            "oauth_client_secret",
            "oauth_scope");

    private LibpqNames() {}

    /** The names of parameters that say who, where and how. */
    static Set<String> parameters() {
        var names = new TreeSet<>(IDENTITY);
        names.addAll(VARIABLES.keySet());
        return names;
    }
}
