package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A known sentence in the stderr of a client program, and what to do about it.
 *
 * @param code null for the code of whatever was being done
 */
record Symptom(Pattern sentence, @Nullable ErrorCode code, String hint) {
    /**
     * The known symptoms in order: the first that is found anywhere in stderr explains the failure. A statement timeout
     * means a lock: pg_dump sets one while it takes its locks (that is its {@code --lock-wait-timeout}) and none
     * afterwards.
     */
    private static final List<Symptom> KNOWN = List.of(
            of(
                    "aborting because of server version mismatch",
                    ErrorCode.TOOLS_TOO_OLD,
                    "install client tools as new as the server: pgkeep doctor names the command"),
            of(
                    "unsupported version \\(\\d+\\.\\d+\\) in file header",
                    ErrorCode.TOOLS_TOO_OLD,
                    "the archive was made by a newer pg_dump; install client tools as new as that"),
            of(
                    "query would be affected by row-level security policy",
                    ErrorCode.ROWS_HIDDEN,
                    "back up as the owner of the table or as a role with BYPASSRLS, so that no row is left out"),
            of(
                    "canceling statement due to (?:lock|statement) timeout",
                    ErrorCode.LOCK_BUSY,
                    "another session holds the table, often a migration or a long ALTER TABLE; try again after it"),
            of(
                    "out of shared memory|max_locks_per_transaction",
                    null,
                    "raise max_locks_per_transaction on the server (256, or more with thousands of tables) and restart it"),
            of(
                    "invalid page in block|could not read block|checksum (?:verification )?fail|missing chunk number"
                            + "|compressed (?:pglz|lz4) data is corrupt|unexpected chunk",
                    ErrorCode.SOURCE_DAMAGED,
                    "the server's own files are damaged; keep every backup, and see the server's log before anything else"),
            of(
                    "could not extend file|could not write to file \"(?:base|pg_wal|pg_)|could not write to log file",
                    ErrorCode.DISK_FULL,
                    "the disk of the database server is full; free some space there and try again"),
            of(
                    "no space left on device|could not write to output file|not enough space|disk quota exceeded",
                    ErrorCode.DISK_FULL,
                    "free some space where the backup goes, or choose another --repo, and try again"),
            of(
                    "password authentication failed|no password supplied|no pg_hba\\.conf entry|peer authentication failed",
                    ErrorCode.LOGIN_FAILED,
                    "check the user and the password of the connection"),
            of(
                    "database \"[^\"]*\" does not exist",
                    ErrorCode.DATABASE_MISSING,
                    "check the name of the database; pgkeep db lists those of the server"),
            of(
                    "server closed the connection unexpectedly|terminating connection|connection to server was lost"
                            + "|could not receive data from server|ssl syscall error|lost synchronization",
                    ErrorCode.SERVER_LOST,
                    "the server went away; see that it is up, and run the same command again"),
            of(
                    "too many (?:connections for|clients already)|remaining connection slots",
                    ErrorCode.SERVER_UNREACHABLE,
                    "a backup needs three connections at once: close idle ones (pg_stat_activity shows them), wait, or raise"
                            + " the limit of the role, of the database or max_connections"),
            of(
                    "connection to server .* failed|could not connect to server|could not translate host name"
                            + "|the database system is (?:starting up|shutting down)",
                    ErrorCode.SERVER_UNREACHABLE,
                    "check that the server is up and that host and port are right"),
            of(
                    "no matching (?:tables|schemas|extensions) were found|no matching .* found for pattern",
                    ErrorCode.USAGE,
                    "check the names given to --table, --schema and the like; quote names that have capitals"),
            of(
                    "permission denied (?:for|to)|must be owner of|must be superuser",
                    ErrorCode.RIGHTS_MISSING,
                    "use the owner of the database, or grant the missing right (pg_read_all_data reads everything)"),
            of("permission denied", ErrorCode.NO_PERMISSION, "check the owner and mode of the file and its folder"),
            of(
                    "input file (?:does not appear to be|is too short|appears to be a text)|not appear to be a valid"
                            + "|unexpected end of file|could not read from input file|corrupt tar header"
                            + "|could not uncompress|could not decompress|invalid archive",
                    ErrorCode.BACKUP_DAMAGED,
                    "check it with pgkeep verify, and use another backup"),
            of(
                    "does not support compression|installation does not support|requested compression not available",
                    ErrorCode.FORMAT_UNSUPPORTED,
                    "this build of the client tools lacks that compression; use gzip, or other client tools"),
            of(
                    "extension \"[^\"]*\" is not available|could not open extension control file",
                    null,
                    "install that extension on the target server first"),
            of(
                    "unrecognized configuration parameter",
                    null,
                    "the backup was made by client tools newer than this server"),
            of(
                    "role \"[^\"]*\" does not exist",
                    null,
                    "create that role first, or restore without --owners and --grants"));

    static Optional<Explained> explain(List<String> stderr) {
        return KNOWN.stream()
                .flatMap(symptom -> stderr.stream()
                        .filter(line -> symptom.sentence.matcher(line).find())
                        .map(line -> new Explained(line, symptom))
                        .limit(1))
                .findFirst();
    }

    private static Symptom of(String sentence, @Nullable ErrorCode code, String hint) {
        return new Symptom(Pattern.compile(sentence, Pattern.CASE_INSENSITIVE), code, hint);
    }

    /** A line, and what it means. */
    record Explained(String line, Symptom symptom) {}
}
