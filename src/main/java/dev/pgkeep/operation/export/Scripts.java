package dev.pgkeep.operation.export;

import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.format.manifest.Compression.Method;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.dump.ScriptChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The texts of scripts, their names, and how they are loaded. */
final class Scripts {
    private static final int TRANSACTION_TIMEOUT_SINCE = 170_000;
    private static final String PSQL = "psql --no-psqlrc --set=ON_ERROR_STOP=1 --dbname=NEW_DATABASE";
    private static final Set<String> SETTINGS = Set.of(
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "client_encoding",
            "standard_conforming_strings",
            "check_function_bodies",
            "xmloption",
            "client_min_messages",
            "row_security",
            "default_tablespace",
            "default_with_oids",
            "default_table_access_method",
            "default_toast_compression");

    private Scripts() {}

    /**
     * The choice of everything, but no setting that servers of the backup's own version do not know, whatever
     * pg_restore says.
     */
    static ScriptChoice choice(ExportRequest request, Manifest metadata) {
        Set<String> settings = new HashSet<>(SETTINGS);
        if (metadata.server().versionNumber() >= TRANSACTION_TIMEOUT_SINCE) {
            settings.add("transaction_timeout");
        }
        return new ScriptChoice(
                ScriptChoice.Part.ALL,
                request.owners(),
                request.grants(),
                table -> true,
                sequence -> true,
                settings,
                true);
    }

    /** The path that was named, or a name in it where it is a folder. */
    static Path place(Path to, String name) {
        return Files.isDirectory(to) ? to.resolve(name) : to;
    }

    /** A name for a folder, where one for a script was given. */
    static Path withoutEnding(Path to) {
        String name = String.valueOf(to.getFileName());
        String bare = name.replaceFirst("\\.sql(\\.gz|\\.zst)?$", "");
        return bare.equals(name) || bare.isEmpty() ? to : to.resolveSibling(bare + "-kit");
    }

    /** Lines that load a script. */
    static List<String> psql(Path script, Method method) {
        String create = "createdb --template=template0 NEW_DATABASE";
        return List.of(
                create,
                switch (method) {
                    case GZIP -> "gzip -dc " + ShellWords.word(script.toString()) + " | " + PSQL;
                    case ZSTD -> "zstd -dc " + ShellWords.word(script.toString()) + " | " + PSQL;
                    case NONE, LZ4 -> PSQL + " --file=" + ShellWords.word(script.toString());
                });
    }

    /** Lines that load an archive. */
    static List<String> pgRestore(Path archive) {
        return List.of(
                "createdb --template=template0 NEW_DATABASE",
                SessionSettings.PG_RESTORE + " --exit-on-error --dbname=NEW_DATABASE "
                        + ShellWords.word(archive.toString()));
    }
}
