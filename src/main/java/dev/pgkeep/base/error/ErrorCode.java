package dev.pgkeep.base.error;

/**
 * Every way pgkeep can fail. The text of a code is stable: scripts and monitoring may match it. This enum is the only
 * place where a failure is mapped to an exit status. The page {@code docs/reference/errors.md} is made of it.
 */
public enum ErrorCode {
    USAGE(
            "usage",
            ExitStatus.USAGE,
            "The command line does not fit together.",
            "See `pgkeep COMMAND --help`; the hint names what to give instead."),
    CONFIG_INVALID(
            "config.invalid",
            ExitStatus.USAGE,
            "The configuration has mistakes; all of them are named, with their places.",
            "Correct the lines that are named."),
    CONNECTION_UNKNOWN(
            "connection.unknown",
            ExitStatus.USAGE,
            "No database is configured, or no server for a scratch database.",
            "Set `DATABASE_URL` in the environment or in `.env`, or give `--url`; for proofs "
                    + "also `TEST_DATABASE_URL` or `--on temporary`."),
    CONNECTION_INVALID(
            "connection.invalid",
            ExitStatus.USAGE,
            "The connection text, or a parameter in it, means nothing or is refused.",
            "Correct it where the message says it came from; characters like `@ : / # %` in a "
                    + "password are percent-encoded."),
    BACKUP_NOT_FOUND(
            "backup.not-found",
            ExitStatus.USAGE,
            "There is no such backup, file or document, or nothing to go back to.",
            "See what there is: `pgkeep list`, `pgkeep rows list`."),
    BACKUP_AMBIGUOUS(
            "backup.ambiguous",
            ExitStatus.USAGE,
            "A part of a name fits several backups or documents.",
            "Give more of the name."),
    BACKUP_NAME_TAKEN(
            "backup.name-taken",
            ExitStatus.USAGE,
            "A backup of this exact name exists already.",
            "Give another `--name`, or none."),
    MASKING_INVALID(
            "masking.invalid",
            ExitStatus.USAGE,
            "Masking rules do not fit the database, or cannot be carried out; nothing was touched.",
            "Correct the rules that are named."),
    FORMAT_UNKNOWN(
            "format.unknown",
            ExitStatus.USAGE,
            "A file is nothing that pgkeep reads, or a format is none that it writes.",
            "Give a dump of `pg_dump` or a backup of pgkeep; decompress what is compressed otherwise."),
    FORMAT_UNSUPPORTED(
            "format.unsupported",
            ExitStatus.USAGE,
            "This format cannot do what was asked, or the client programs cannot write or read it.",
            "Take another format or compression, or newer client programs; the hint says which."),

    SERVER_UNREACHABLE(
            "server.unreachable",
            ExitStatus.UNREACHABLE,
            "The server does not answer, or takes no further connection.",
            "Start it, or check host and port."),
    SERVER_LOST(
            "server.lost",
            ExitStatus.UNREACHABLE,
            "The connection broke while pgkeep was working.",
            "Look into the server's log, then run the same command again; after a change, `pgkeep undo` goes back."),
    SERVER_UNSUPPORTED(
            "server.unsupported",
            ExitStatus.UNREACHABLE,
            "The server, or the pooler before it, cannot do what this needs.",
            "Set `DIRECT_URL` to the server itself, use the primary, or update; the hint says which."),
    LOGIN_FAILED(
            "login.failed",
            ExitStatus.UNREACHABLE,
            "The server refuses the login.",
            "Check user, password and `pg_hba.conf`."),
    DATABASE_MISSING(
            "database.missing",
            ExitStatus.UNREACHABLE,
            "The server has no database of this name.",
            "Check the name; `pgkeep db` lists those of the server."),
    TOOLS_MISSING(
            "tools.missing",
            ExitStatus.UNREACHABLE,
            "Programs of PostgreSQL that are needed are not installed, or cannot be started.",
            "Install them with the line in the hint, or correct `client-tools`."),
    TOOLS_TOO_OLD(
            "tools.too-old",
            ExitStatus.UNREACHABLE,
            "The installed client programs are older than the server or the archive, or read "
                    + "archives of others unsafely.",
            "Install newer ones with the line in the hint; `pgkeep doctor` names what is installed."),

    RIGHTS_MISSING(
            "rights.missing",
            ExitStatus.FAILED,
            "The role may not do this.",
            "Connect as the owner, or grant what the hint names."),
    ROWS_HIDDEN(
            "rows.hidden",
            ExitStatus.FAILED,
            "Row security hides rows, so that the backup would silently be smaller.",
            "Connect as the owner of the tables or a role with `BYPASSRLS`, or leave them out with `-T`."),
    LOCK_BUSY(
            "lock.busy",
            ExitStatus.FAILED,
            "Somebody holds a lock that is needed: a session of the database, or another run of pgkeep.",
            "Wait for it, or look at the session or process that is named."),
    DUMP_FAILED(
            "dump.failed",
            ExitStatus.FAILED,
            "A program of PostgreSQL could not dump, or what it wrote could not be stored.",
            "The message has its words; `-v` shows more."),
    RESTORE_FAILED(
            "restore.failed",
            ExitStatus.FAILED,
            "A statement or an entry of the backup could not be loaded.",
            "The message has the statement and the server's words; `pgkeep undo` goes back to the safety backup."),
    MASKING_FAILED(
            "masking.failed",
            ExitStatus.FAILED,
            "A masking rule failed on the values of the backup; the half-masked database is dropped.",
            "Correct the rule, and run it again."),
    SOURCE_UNREACHABLE(
            "source.unreachable",
            ExitStatus.FAILED,
            "The place that backups are to come from cannot be reached.",
            "Mount the folder, or try the line of `ssh` in the hint."),
    CLUSTER_FAILED(
            "cluster.failed",
            ExitStatus.FAILED,
            "A temporary server could not be made or started.",
            "Check the installation of PostgreSQL and the temporary folder."),
    SQL_FAILED(
            "sql.failed", ExitStatus.FAILED, "The server refused a statement.", "The message has the server's words."),
    COMMAND_FAILED(
            "command.failed",
            ExitStatus.FAILED,
            "A command of the application ended badly.",
            "Mend it and run it again; `pgkeep undo` goes back."),
    SOURCE_DAMAGED(
            "source.damaged",
            ExitStatus.FAILED,
            "The database's own files are damaged.",
            "Keep every backup, and see the server's log before anything else."),
    DISK_FULL(
            "disk.full",
            ExitStatus.FAILED,
            "A disk is full, here or on the server.",
            "Free space, `pgkeep prune`, or take another folder with `--repo`."),
    NO_PERMISSION(
            "file.no-permission",
            ExitStatus.FAILED,
            "A file or folder may not be read or written.",
            "Check owner and mode of the path in the message."),
    FILE_FAILED(
            "file.failed",
            ExitStatus.FAILED,
            "A file or folder cannot be used: missing, of another kind, or with an error of its disk.",
            "Check the path in the message."),
    OBJECT_MISSING(
            "object.missing",
            ExitStatus.FAILED,
            "A table, a column or a stored object is not there.",
            "Check the name; the hint has the nearest."),
    REPOSITORY_INVALID(
            "repository.invalid",
            ExitStatus.FAILED,
            "A file of the repository is not what it should be, is from a newer pgkeep, or the whole folder is gone.",
            "Follow the hint; `pgkeep list` shows which backups are there."),
    BACKUP_IN_USE(
            "backup.in-use",
            ExitStatus.FAILED,
            "Another run reads or removes this backup, or takes back space.",
            "Try again when it has ended."),
    STALE(
            "status.stale",
            ExitStatus.FAILED,
            "`status` found no good backup, or none that is young enough.",
            "Make one with `pgkeep backup`; where that fails, `pgkeep doctor`."),
    DOCTOR_FOUND(
            "doctor.found",
            ExitStatus.FAILED,
            "`doctor` found something that stands in the way of backups.",
            "Do what stands below each finding, then run it again."),
    INTERNAL("internal", ExitStatus.FAILED, "A bug in pgkeep.", "Run it again with `-v`, and report what it prints."),

    BACKUP_DAMAGED(
            "backup.damaged",
            ExitStatus.DAMAGED,
            "A backup or a document of rows is damaged or incomplete.",
            "Take another one; `pgkeep verify --all` names those that are good."),
    CHUNK_DAMAGED(
            "chunk.damaged",
            ExitStatus.DAMAGED,
            "A chunk of a backup is damaged or missing.",
            "`pgkeep verify` says which rows that costs; `restore --skip-damaged` restores the others."),
    PROOF_FAILED(
            "proof.failed",
            ExitStatus.DAMAGED,
            "What was restored or written is not what it should be.",
            "Look at what the message names, and check the backup with `pgkeep verify`."),

    REFUSED(
            "refused",
            ExitStatus.REFUSED,
            "Refused for safety: nobody to confirm, a protected database, or something that could do harm.",
            "The hint says how to mean it."),
    CONFIG_UNTRUSTED(
            "config.untrusted",
            ExitStatus.REFUSED,
            "A file of the configuration is not yours alone, or names a program that nobody has allowed.",
            "Look at the file, then `pgkeep trust`; in CI and containers set `PGKEEP_TRUST`."),
    SERVER_READ_ONLY(
            "server.read-only",
            ExitStatus.REFUSED,
            "The server only reads: a standby, or a session that is read-only.",
            "Use the primary."),
    TARGET_NOT_EMPTY(
            "target.not-empty",
            ExitStatus.REFUSED,
            "The database of `--to` holds something.",
            "`--drop-existing` replaces it."),
    TARGET_EXISTS(
            "target.exists",
            ExitStatus.REFUSED,
            "What was to be made exists already.",
            "Choose another name, or `--overwrite` for files."),
    PREFLIGHT_FAILED(
            "preflight.failed",
            ExitStatus.REFUSED,
            "Something stands in the way; nothing was touched.",
            "All obstacles are named, each with what helps."),
    MASKING_INCOMPLETE(
            "masking.incomplete",
            ExitStatus.REFUSED,
            "With `--strict`: a column of text has no rule, or there are large objects.",
            "Write the rules that are missing; `\"keep\"` is one."),
    SCRIPT_REFUSED(
            "script.refused",
            ExitStatus.REFUSED,
            "A script holds what no dump does: commands for psql, or programs for the server.",
            "Look at the line that is named; take it out if you trust the script."),
    SAFETY_BACKUP_FAILED(
            "safety-backup.failed",
            ExitStatus.REFUSED,
            "The safety backup failed, so nothing was changed.",
            "Mend what the message names, and run it again."),

    INTERRUPTED(
            "interrupted",
            ExitStatus.INTERRUPTED,
            "Ctrl-C, or a signal to end.",
            "Run the same command again when ready; after a change, `pgkeep undo` goes back.");

    private final String text;
    private final ExitStatus exitStatus;
    private final String meaning;
    private final String remedy;

    ErrorCode(String text, ExitStatus exitStatus, String meaning, String remedy) {
        this.text = text;
        this.exitStatus = exitStatus;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The stable text of the code, for instance {@code server.unreachable}. */
    public String text() {
        return text;
    }

    public ExitStatus exitStatus() {
        return exitStatus;
    }

    /** The meaning of the code, what happened, in one sentence of Markdown: the same for every error of this code. */
    public String meaning() {
        return meaning;
    }

    /** The remedy, what to do about it, in one sentence of Markdown; the hint of an error says it more exactly. */
    public String remedy() {
        return remedy;
    }
}
