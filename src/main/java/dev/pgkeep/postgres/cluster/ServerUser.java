package dev.pgkeep.postgres.cluster;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The user who runs the programs of the server: ourselves, or, since PostgreSQL refuses to run as root, an unprivileged
 * one.
 *
 * @param name the other user; empty for ourselves
 * @param prefix words to put before a command to run it as that user
 */
record ServerUser(String name, List<String> prefix) {
    static final ServerUser OURSELVES = new ServerUser("", List.of());
    private static final int ROOT = 0;

    /** Decides by the owner of a folder that we have just made. */
    static ServerUser forFolder(Path folder) throws IOException {
        if (!isOwnedByRoot(folder)) {
            return OURSELVES;
        }
        for (String name : List.of("postgres", "nobody")) {
            if (Command.of("id", "-u", name).run().status() == 0) {
                return new ServerUser(name, switchTo(name));
            }
        }
        throw new PgkeepException(
                ErrorCode.TOOLS_MISSING,
                "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as",
                "create a user named postgres, or run pgkeep as another user");
    }

    private static boolean isOwnedByRoot(Path folder) throws IOException {
        try {
            return Integer.valueOf(ROOT).equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException noUnixOwners) {
            return false;
        }
    }

    private static List<String> switchTo(String name) {
        String group = Command.of("id", "-g", name).run().output().strip();
        List<List<String>> ways = List.of(
                List.of("setpriv", "--reuid=" + name, "--regid=" + group, "--clear-groups"),
                List.of("runuser", "-u", name, "--"),
                List.of("su", "-s", "/bin/sh", name, "-c", "exec \"$@\"", "--", "sh"));
        for (List<String> way : ways) {
            List<String> trial = new ArrayList<>(way);
            trial.add("true");
            if (new Command(trial, null).run().status() == 0) {
                return way;
            }
        }
        throw new PgkeepException(
                ErrorCode.TOOLS_MISSING,
                "PostgreSQL does not run as root, and running it as " + name + " failed",
                "install setpriv (package util-linux), or run pgkeep as another user");
    }

    /** This user where programs find more locales than the system has. */
    ServerUser withLocales(Path folder) {
        List<String> longer = new ArrayList<>(prefix);
        longer.addAll(List.of("env", "LOCPATH=" + folder));
        return new ServerUser(name, longer);
    }

    /** The command as the server's user runs it, in a folder that user can enter. */
    Command command(Path workingFolder, List<String> words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        return new Command(all, workingFolder);
    }

    /** Hands a file or folder of ours to the server's user. */
    void takeOver(Path path) throws IOException {
        if (!name.isEmpty()) {
            var owner = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
            Files.setOwner(path, owner);
        }
    }
}
