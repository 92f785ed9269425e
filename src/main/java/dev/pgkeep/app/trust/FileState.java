package dev.pgkeep.app.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The facts about a file, as the system tells them, on which depends who may have written it. Two equal ones mean that
 * nobody exchanged or changed the file in between: renaming it changes its time, too.
 */
record FileState(int uid, String owner, int gid, String group, int mode, Object identity, Object changed) {
    private static final int STICKY = 01000;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final Path GROUPS = Path.of("/etc/group");

    /** Empty where files have no owners as on Unix. */
    static Optional<FileState> of(Path path, LinkOption... options) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        Map<String, Object> all = Files.readAttributes(path, "unix:uid,owner,gid,group,mode,ino,dev,ctime", options);
        return Optional.of(new FileState(
                (Integer) value(all, "uid"),
                name(value(all, "owner")),
                (Integer) value(all, "gid"),
                name(value(all, "group")),
                (Integer) value(all, "mode"),
                List.of(value(all, "dev"), value(all, "ino")),
                value(all, "ctime")));
    }

    private static Object value(Map<String, Object> all, String name) {
        return Objects.requireNonNull(all.get(name), name);
    }

    boolean isSticky() {
        return (mode & STICKY) != 0;
    }

    boolean everybodyWrites() {
        return (mode & OTHERS_WRITE) != 0;
    }

    /** Whether a group may write in which is more than the owner: many systems give everybody a group of his own. */
    boolean groupWrites() {
        return (mode & GROUP_WRITES) != 0 && !isPrivateGroup();
    }

    private boolean isPrivateGroup() {
        return group.equals(owner) && members().stream().allMatch(owner::equals);
    }

    private List<String> members() {
        try (var lines = Files.lines(GROUPS)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length == 4 && fields[2].equals(Integer.toString(gid)))
                    .flatMap(fields -> Arrays.stream(fields[3].split(",")))
                    .filter(member -> !member.isBlank())
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static String name(Object principal) {
        return principal instanceof java.security.Principal known ? known.getName() : String.valueOf(principal);
    }
}
