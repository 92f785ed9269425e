package dev.pgkeep.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Every command, in the order of the help. Classes are loaded only for the one that is called. */
final class Commands {
    /** A command's line in the overview, and how to make it. */
    record Entry(String summary, Supplier<Action> action) {}

    static final Map<String, Entry> ALL = new LinkedHashMap<>();

    static {
        add("backup", "Back up the database, read it back, record what is in it", BackupCommand::new);
        add("list", "List backups, newest first", ListCommand::new);
        add("show", "Show everything about one backup", ShowCommand::new);
        add("restore", "Take the database back to a backup", RestoreCommand::new);
        add("refresh", "Replace this database by a copy of another, masked if need be", RefreshCommand::new);
        add("undo", "Go back to before the last restore, refresh, reset, migration or cleanup", UndoCommand::new);
        add("reset", "Begin again: back up, empty, migrate, seed", ResetCommand::new);
        add("migrate", "Migrate the schema: a backup first, then a report of what changed", MigrateCommand::new);
        add("guard", "Run any risky command with a backup before it", GuardCommand::new);
        add("cleanup", "Delete rows and all that refers to them, so that it can be taken back", CleanupCommand::new);
        add("rows restore", "Put rows of a cleanup or an export back", RowsRestoreCommand::new);
        add("rows export", "Write rows into a document, from which they can be put back", RowsExportCommand::new);
        add("rows list", "List the documents of rows that cleanups wrote", RowsListCommand::new);
        add("diff", "Say what changed since a backup, row by row, and put rows back", DiffCommand::new);
        add("protect", "Have destructive commands ask for the database's name", ProtectCommand::protect);
        add("unprotect", "Take that back", ProtectCommand::unprotect);
        add("verify", "Prove that backups are good", VerifyCommand::new);
        add("export", "Write a backup in a form that needs no pgkeep", ExportCommand::new);
        add("status", "Say how well the database is backed up", StatusCommand::new);
        add("delete", "Remove single backups", DeleteCommand::new);
        add("pin", "Keep a backup from ever being removed", PinCommand::pin);
        add("unpin", "Take a pin back", PinCommand::unpin);
        add("prune", "Remove old backups by rules", PruneCommand::new);
        add("repair", "Make the index of chunks again from the packs", RepairCommand::new);
        add("init", "Set a project up: settings, .gitignore, lines for cron, CI and npm", InitCommand::new);
        add("doctor", "Examine everything that backups depend on", DoctorCommand::new);
        add("trust", "Allow a file to be read, and the programs that it names to be run", TrustCommand::new);
        add("db", "Show the databases of the server", DbCommand::new);
        add("version", "Show the versions of everything that matters", VersionCommand::new);
        add("completion", "Print the completion script of a shell", CompletionCommand::new);
        add("demo", "See it work: a database, an accident, a restore; nothing needed", DemoCommand::new);
    }

    private Commands() {}

    private static void add(String name, String summary, Supplier<Action> action) {
        ALL.put(name, new Entry(summary, action));
    }
}
