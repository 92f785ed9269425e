package dev.pgkeep.base.error;

/**
 * Every way pgkeep can fail. The text of a code is stable: scripts and monitoring may match it. This enum is the only
 * place where a failure is mapped to an exit status.
 */
public enum ErrorCode {
    USAGE("usage", ExitStatus.USAGE),
    CONFIG_INVALID("config.invalid", ExitStatus.USAGE),
    CONNECTION_UNKNOWN("connection.unknown", ExitStatus.USAGE),
    CONNECTION_INVALID("connection.invalid", ExitStatus.USAGE),
    BACKUP_NOT_FOUND("backup.not-found", ExitStatus.USAGE),
    BACKUP_AMBIGUOUS("backup.ambiguous", ExitStatus.USAGE),
    BACKUP_NAME_TAKEN("backup.name-taken", ExitStatus.USAGE),
    MASKING_INVALID("masking.invalid", ExitStatus.USAGE),
    FORMAT_UNKNOWN("format.unknown", ExitStatus.USAGE),
    FORMAT_UNSUPPORTED("format.unsupported", ExitStatus.USAGE),

    SERVER_UNREACHABLE("server.unreachable", ExitStatus.UNREACHABLE),
    SERVER_LOST("server.lost", ExitStatus.UNREACHABLE),
    SERVER_UNSUPPORTED("server.unsupported", ExitStatus.UNREACHABLE),
    LOGIN_FAILED("login.failed", ExitStatus.UNREACHABLE),
    DATABASE_MISSING("database.missing", ExitStatus.UNREACHABLE),
    TOOLS_MISSING("tools.missing", ExitStatus.UNREACHABLE),
    TOOLS_TOO_OLD("tools.too-old", ExitStatus.UNREACHABLE),

    RIGHTS_MISSING("rights.missing", ExitStatus.FAILED),
    ROWS_HIDDEN("rows.hidden", ExitStatus.FAILED),
    LOCK_BUSY("lock.busy", ExitStatus.FAILED),
    DUMP_FAILED("dump.failed", ExitStatus.FAILED),
    RESTORE_FAILED("restore.failed", ExitStatus.FAILED),
    MASKING_FAILED("masking.failed", ExitStatus.FAILED),
    SOURCE_UNREACHABLE("source.unreachable", ExitStatus.FAILED),
    CLUSTER_FAILED("cluster.failed", ExitStatus.FAILED),
    SQL_FAILED("sql.failed", ExitStatus.FAILED),
    COMMAND_FAILED("command.failed", ExitStatus.FAILED),
    SOURCE_DAMAGED("source.damaged", ExitStatus.FAILED),
    DISK_FULL("disk.full", ExitStatus.FAILED),
    NO_PERMISSION("file.no-permission", ExitStatus.FAILED),
    FILE_FAILED("file.failed", ExitStatus.FAILED),
    OBJECT_MISSING("object.missing", ExitStatus.FAILED),
    REPOSITORY_INVALID("repository.invalid", ExitStatus.FAILED),
    BACKUP_IN_USE("backup.in-use", ExitStatus.FAILED),
    STALE("status.stale", ExitStatus.FAILED),
    DOCTOR_FOUND("doctor.found", ExitStatus.FAILED),
    INTERNAL("internal", ExitStatus.FAILED),

    BACKUP_DAMAGED("backup.damaged", ExitStatus.DAMAGED),
    CHUNK_DAMAGED("chunk.damaged", ExitStatus.DAMAGED),
    PROOF_FAILED("proof.failed", ExitStatus.DAMAGED),

    REFUSED("refused", ExitStatus.REFUSED),
    CONFIG_UNTRUSTED("config.untrusted", ExitStatus.REFUSED),
    SERVER_READ_ONLY("server.read-only", ExitStatus.REFUSED),
    TARGET_NOT_EMPTY("target.not-empty", ExitStatus.REFUSED),
    TARGET_EXISTS("target.exists", ExitStatus.REFUSED),
    PREFLIGHT_FAILED("preflight.failed", ExitStatus.REFUSED),
    MASKING_INCOMPLETE("masking.incomplete", ExitStatus.REFUSED),
    SCRIPT_REFUSED("script.refused", ExitStatus.REFUSED),
    SAFETY_BACKUP_FAILED("safety-backup.failed", ExitStatus.REFUSED),

    INTERRUPTED("interrupted", ExitStatus.INTERRUPTED);

    private final String text;
    private final ExitStatus exitStatus;

    ErrorCode(String text, ExitStatus exitStatus) {
        this.text = text;
        this.exitStatus = exitStatus;
    }

    /** The stable text of the code, for instance {@code server.unreachable}. */
    public String text() {
        return text;
    }

    public ExitStatus exitStatus() {
        return exitStatus;
    }
}
