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
        add("undo", "Go back to before the last restore", UndoCommand::new);
        add("verify", "Prove that backups are good", VerifyCommand::new);
    }

    private Commands() {}

    private static void add(String name, String summary, Supplier<Action> action) {
        ALL.put(name, new Entry(summary, action));
    }
}
