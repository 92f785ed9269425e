package dev.pgkeep.app.config;

import static dev.pgkeep.app.config.Key.Shape.FLAG;
import static dev.pgkeep.app.config.Key.Shape.LIST;
import static dev.pgkeep.app.config.Key.Shape.NUMBER;
import static dev.pgkeep.app.config.Key.Shape.PLACE;
import static dev.pgkeep.app.config.Key.Shape.PROGRAM;
import static dev.pgkeep.app.config.Key.Shape.PROGRAM_FOLDER;
import static dev.pgkeep.app.config.Key.Shape.SECRET;
import static dev.pgkeep.app.config.Key.Shape.SPAN;
import static dev.pgkeep.app.config.Key.Shape.STATEMENT;
import static dev.pgkeep.app.config.Key.Shape.STATEMENTS;
import static dev.pgkeep.app.config.Key.Shape.TEXT;

import java.util.List;
import java.util.Optional;

/** Every key there is, in the order of the documentation. */
final class Keys {
    /** Not simply {@code profile}: in the file that is the table that holds the profiles. */
    static final Key PROFILE = new Key(
            "default-profile",
            TEXT,
            List.of("PGKEEP_PROFILE"),
            "",
            "\"development\"",
            "The profile to use when none is asked for with --profile or PGKEEP_PROFILE.");

    static final Key URL = new Key(
            "url",
            SECRET,
            List.of("DIRECT_URL", "DATABASE_URL"),
            "DIRECT_URL, else DATABASE_URL, of the environment or a .env file",
            "\"${DATABASE_URL}\"",
            "The database: a postgresql:// URL or libpq keywords. Better a variable than a password in this file.");
    static final Key USE_DIRECT_URL = new Key(
            "use-direct-url",
            FLAG,
            List.of(),
            "true",
            "true",
            "Prefer DIRECT_URL to DATABASE_URL where both are set: backups need a connection without a pooler.");
    static final Key TEST_URL = new Key(
            "test-url",
            SECRET,
            List.of("TEST_DATABASE_URL"),
            "",
            "\"${TEST_DATABASE_URL}\"",
            "Where set, restores and proofs go there and nowhere else.");
    static final Key ENV_FILES = new Key(
            "env-files",
            LIST,
            List.of(),
            ".env, packages/database/.env",
            "[\".env\", \"packages/database/.env\"]",
            "Files of variables to read; the first one that has a variable wins.");
    static final Key REPOSITORY = new Key(
            "repository",
            PLACE,
            List.of("BACKUP_DIR"),
            "backups (beside this file, else in the working directory)",
            "\"backups\"",
            "The folder where backups live.");
    static final Key FORMAT = new Key(
            "format",
            LIST,
            List.of(),
            "chunked",
            "\"chunked\"",
            "chunked, plain (also sql), custom, tar or directory; several with commas.");
    static final Key COMPRESS = new Key(
            "compress",
            TEXT,
            List.of(),
            "what suits the format",
            "\"zstd:3\"",
            "none, gzip[:1-9], zstd[:1-22] or lz4[:1-12].");
    static final Key JOBS =
            new Key("jobs", NUMBER, List.of(), "as many as make sense", "4", "Connections that work side by side.");
    static final Key NAME = new Key(
            "name",
            TEXT,
            List.of(),
            "{database}_{yyyy-MM-dd}_{HHmmss}[_{label}]",
            "\"{database}_{yyyy-MM-dd}_{HHmmss}[_{label}]\"",
            "How backups are named; times are UTC.");
    static final Key MAX_AGE =
            new Key("max-age", SPAN, List.of(), "", "\"26h\"", "status fails when the newest good backup is older.");
    static final Key PROTECTED = new Key(
            "protected",
            FLAG,
            List.of(),
            "false",
            "true",
            "Destructive commands ask for the database's name, and refuse without a terminal.");
    static final Key KEEP_OLD = new Key(
            "keep-old",
            SPAN,
            List.of(),
            "24h",
            "\"24h\"",
            "How long restore --swap, an undo by exchange and a killed reset keep the database that they replace.");
    static final Key SKIP_PROMPT = new Key(
            "skip-backup-prompt",
            FLAG,
            List.of("SKIP_BACKUP_PROMPT"),
            "false",
            "true",
            "Skips the question of reset, no others.");
    static final Key CLIENT_TOOLS = new Key(
            "client-tools",
            PROGRAM_FOLDER,
            List.of(),
            "every version found on this machine, the newest that fits",
            "\"/usr/lib/postgresql/17/bin\"",
            "A folder with pg_dump and pg_restore to use.");
    static final Key ALLOW_OLD_CLIENT = new Key(
            "allow-old-client",
            FLAG,
            List.of(),
            "false",
            "true",
            "Have pg_restore read archives that pgkeep did not write even where its version is known to run their maker's"
                    + " code; `pgkeep doctor` names what is installed.");
    static final Key MIGRATIONS = new Key(
            "migrations-query",
            STATEMENT,
            List.of(),
            "the tables of known migration tools",
            "\"SELECT version FROM my_versions ORDER BY applied_at\"",
            "Lists the applied migrations, the newest last, for a tool pgkeep does not know.");
    static final Key MONEY_LOCALE = new Key(
            "money-locale",
            TEXT,
            List.of(),
            "what the backup says, else what the target has",
            "\"es_AR.UTF-8\"",
            "lc_monetary of the server when a backup was made that does not say it: an old one, or a foreign dump.");
    static final Key SMOKE = new Key(
            "smoke",
            STATEMENTS,
            List.of(),
            "",
            "[\"SELECT count(*) > 0 FROM users\"]",
            "SQL that must succeed, and not say false, in a restored database before it counts as proven.");
    static final Key KEEP_LAST = new Key(
            "retention.keep-last", NUMBER, List.of(), "", "10", "Keep the newest so many; older ones are removed.");
    static final Key OLDER_THAN = new Key(
            "retention.older-than",
            SPAN,
            List.of(),
            "backups are kept for ever",
            "\"30d\"",
            "Remove backups older than this after every successful backup.");
    static final Key RETENTION_DAYS = new Key(
            "retention.days",
            NUMBER,
            List.of("BACKUP_RETENTION_DAYS"),
            "",
            "30",
            "The same in days; 0 keeps for ever.");
    static final Key RETENTION_KIND = new Key(
            "retention.kind",
            TEXT,
            List.of(),
            "each kind by itself",
            "\"daily\"",
            "Apply the rules to this kind only.");
    static final Key MIGRATE = command("migrate", "\"npx prisma migrate deploy\"", "Brings the schema up to date.");
    static final Key SEED = command("seed", "\"npm run seed\"", "Fills a new database.");
    static final Key CHECK = command("check", "\"npm run smoke\"", "Says whether the application is well.");
    static final Key AFTER_RESTORE = command("after-restore", "\"npx prisma generate\"", "Runs after every restore.");
    static final Key REFRESH_FROM = new Key(
            "refresh.from",
            TEXT,
            List.of(),
            "",
            "\"production\"",
            "Where refresh takes backups from: a profile, a folder, a dump file, or ssh://user@host/path.");
    static final Key REFRESH_HOSTS = new Key(
            "refresh.allow-host",
            LIST,
            List.of(),
            "only this machine",
            "[\"postgres\", \"db.dev.internal\"]",
            "Hosts of databases that refresh may replace, besides this machine.");
    static final Key REFRESH_SSH = new Key(
            "refresh.ssh",
            PROGRAM,
            List.of(),
            "ssh",
            "\"ssh -i ~/.ssh/backups\"",
            "The program for ssh:// places, with options.");
    static final Key MASK_FILE = new Key(
            "refresh.mask",
            PLACE,
            List.of(),
            "",
            "\"mask.toml\"",
            "A file with further [mask.TABLE] tables, stronger than those here.");
    static final Key MASK_SECRET = new Key(
            "refresh.mask-secret",
            SECRET,
            List.of("PGKEEP_MASK_SECRET"),
            "another one every time",
            "\"${PGKEEP_MASK_SECRET}\"",
            "The key of hashes: with the same one, the same value is masked the same way every time.");
    static final Key MASK_STRICT = new Key(
            "refresh.strict",
            FLAG,
            List.of(),
            "false",
            "true",
            "Refuse to refresh while a column of text has no masking rule.");
    static final Key FULL_EVERY = new Key(
            "full-every",
            SPAN,
            List.of(),
            "7d",
            "\"7d\"",
            "After which time a backup reads all rows again, not only what changed since the last one; 0 for never.");
    static final Key LOCK_TIMEOUT = new Key(
            "lock-timeout",
            SPAN,
            List.of(),
            "2s",
            "\"2s\"",
            "How long a dump waits for a lock before it steps back, so that it never stalls the application.");
    static final Key LOCK_RETRIES = new Key(
            "lock-retries",
            NUMBER,
            List.of(),
            "10",
            "10",
            "How often it tries again after stepping back, with pauses of 1 to 3 s.");

    static final List<Key> ALL = List.of(
            PROFILE,
            URL,
            USE_DIRECT_URL,
            TEST_URL,
            ENV_FILES,
            REPOSITORY,
            FORMAT,
            COMPRESS,
            JOBS,
            NAME,
            MAX_AGE,
            PROTECTED,
            SKIP_PROMPT,
            KEEP_OLD,
            CLIENT_TOOLS,
            ALLOW_OLD_CLIENT,
            MIGRATIONS,
            MONEY_LOCALE,
            SMOKE,
            FULL_EVERY,
            LOCK_TIMEOUT,
            LOCK_RETRIES,
            KEEP_LAST,
            OLDER_THAN,
            RETENTION_DAYS,
            RETENTION_KIND,
            MIGRATE,
            SEED,
            CHECK,
            AFTER_RESTORE,
            REFRESH_FROM,
            REFRESH_HOSTS,
            REFRESH_SSH,
            MASK_FILE,
            MASK_SECRET,
            MASK_STRICT);

    private Keys() {}

    static Optional<Key> named(String name) {
        return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    private static Key command(String name, String example, String help) {
        return new Key("commands." + name, PROGRAM, List.of(), "", example, help);
    }
}
