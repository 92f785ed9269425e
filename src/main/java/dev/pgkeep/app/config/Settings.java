package dev.pgkeep.app.config;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.operation.cleanup.CleanupRule;
import dev.pgkeep.operation.refresh.masking.MaskRules;
import dev.pgkeep.postgres.connect.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The whole configuration, checked and complete. Paths are absolute.
 *
 * @param file the {@code pgkeep.toml} that was read
 * @param profile the profile in force
 * @param profiles every profile of the file
 * @param connections where the databases are
 * @param cleanups the plans of cleanups, in the order of the file
 * @param origins for every key that is set, where it was, for people
 * @param notes what the user should know, one line each
 */
public record Settings(
        Optional<Path> file,
        Optional<String> profile,
        List<String> profiles,
        Connections connections,
        Path repository,
        Backups backups,
        Retention retention,
        Commands commands,
        Safety safety,
        Refresh refresh,
        List<CleanupRule> cleanups,
        Optional<Entrusted<Path>> clientTools,
        boolean allowOldClient,
        Optional<Entrusted<String>> migrationsQuery,
        Optional<String> moneyLocale,
        Entrusted<List<String>> smoke,
        Optional<Duration> maxAge,
        Map<String, String> origins,
        List<String> notes) {

    /**
     * @param main the database that commands work on
     * @param test where set, restores and proofs go there and nowhere else
     * @param environment the variables that may complete a connection: those of the process and, where the connection
     *     is from there too, {@code PG*} of {@code .env} files
     */
    public record Connections(
            Optional<ConnectionText> main, Optional<ConnectionText> test, Map<String, String> environment) {
        /** Prints names only: values may be secret. */
        @Override
        public String toString() {
            return "Connections[" + main + ", " + test + "]";
        }
    }

    /**
     * @param formats at least one
     * @param nameTemplate with braces for parts and brackets around what is left out when empty
     * @param fullEvery after which time all rows are read again; zero for never
     */
    public record Backups(
            List<Format> formats,
            Optional<Compression> compression,
            OptionalInt jobs,
            String nameTemplate,
            Duration fullEvery,
            Locks locks) {}

    /** The configured waiting of a dump for locks. */
    public record Locks(Duration timeout, int retries) {}

    /** The rules for which backups go after a successful one; nothing goes when both rules are absent. */
    public record Retention(OptionalInt keepLast, Optional<Duration> olderThan, Optional<String> kind) {
        public boolean isSet() {
            return keepLast.isPresent() || olderThan.isPresent();
        }
    }

    /** Commands of the application, as a shell takes them. */
    public record Commands(
            Optional<Entrusted<String>> migrate,
            Optional<Entrusted<String>> seed,
            Optional<Entrusted<String>> check,
            Optional<Entrusted<String>> afterRestore) {}

    /**
     * The configured questions before something is destroyed, and what stays afterwards.
     *
     * @param keepOld how long a database is kept whose name was given to another one
     */
    public record Safety(boolean isProtected, boolean skipBackupPrompt, Duration keepOld) {}

    /**
     * The configuration of {@code refresh}: how a database is refreshed from another.
     *
     * @param from where backups are taken from
     * @param base what a relative path in it is relative to
     * @param hosts hosts that count as local
     * @param ssh the program for places on other machines, with options
     * @param masks what becomes of the values of columns
     * @param maskSecret the key of hashes
     */
    public record Refresh(
            Optional<String> from,
            Path base,
            List<String> hosts,
            Entrusted<List<String>> ssh,
            MaskRules masks,
            Optional<Secret> maskSecret) {}

    /** The database that commands work on, if one is configured. */
    public Optional<ConnectionText> connection() {
        return connections.main();
    }

    /** @throws PgkeepException {@code CONNECTION_UNKNOWN} when nothing says which database is meant */
    public ConnectionText requireConnection() {
        return connections
                .main()
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.CONNECTION_UNKNOWN,
                        "no database is configured",
                        "set DATABASE_URL in the environment or in a .env file, or give --url postgresql://…;"
                                + " to see pgkeep work without a database: pgkeep demo"));
    }
}
