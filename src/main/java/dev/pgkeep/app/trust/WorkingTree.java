package dev.pgkeep.app.trust;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Whether a file may have come with somebody else's code: it lies in what a version control system checked out. */
final class WorkingTree {
    private static final List<String> SIGNS = List.of(".git", ".hg", ".svn", ".jj");

    private WorkingTree() {}

    static boolean holds(Path file) {
        Path folder = Path.of(TrustList.real(file)).getParent();
        while (folder != null) {
            Path each = folder;
            if (SIGNS.stream().anyMatch(sign -> Files.exists(each.resolve(sign), LinkOption.NOFOLLOW_LINKS))) {
                return true;
            }
            folder = folder.getParent();
        }
        return false;
    }
}
