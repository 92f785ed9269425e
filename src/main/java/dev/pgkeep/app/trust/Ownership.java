package dev.pgkeep.app.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out who besides us may have written a file. */
public final class Ownership {
    private Ownership() {}

    /**
     * The reason why others may have written what stands at a path: its owner, its mode, its folder; for a symbolic
     * link also who made the link.
     *
     * @return for people, as it continues the name of the file; empty when nobody else can, or where the system does
     *     not tell
     */
    public static Optional<String> objection(Path path, Account account) throws IOException {
        return objection(path, FileState.of(path), account);
    }

    /** The objection to a file of which it is known what it was when it was looked at. */
    static Optional<String> objection(Path path, Optional<FileState> state, Account account) throws IOException {
        if (Files.isSymbolicLink(path)) {
            Optional<String> link = FileState.of(path, LinkOption.NOFOLLOW_LINKS)
                    .filter(own -> !account.relies(own.uid()))
                    .map(own -> "is a link that belongs to " + own.owner());
            Optional<String> why = link.or(() -> folder(path));
            if (why.isPresent()) {
                return why;
            }
        }
        Path real = path.toRealPath();
        return state.flatMap(own -> file(own, account)).or(() -> folder(real));
    }

    /** Whether everybody may make files in the folder of a file. */
    public static boolean isInOpenFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            return folder != null
                    && FileState.of(folder).filter(FileState::everybodyWrites).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** The name of the user to whom a file belongs, where that is somebody else; a link is not followed. */
    public static Optional<String> stranger(Path file, Account account) throws IOException {
        return FileState.of(file, LinkOption.NOFOLLOW_LINKS)
                .filter(state -> !account.relies(state.uid()))
                .map(FileState::owner);
    }

    private static Optional<String> file(FileState state, Account account) {
        if (!account.relies(state.uid())) {
            return Optional.of("belongs to " + state.owner());
        }
        if (state.everybodyWrites()) {
            return Optional.of("can be written by everybody");
        }
        return state.groupWrites() ? Optional.of("can be written by the group " + state.group()) : Optional.empty();
    }

    /** The objection to a file's folder: in a sticky one only the owner of a file can replace it. */
    private static Optional<String> folder(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return folder == null
                    ? Optional.empty()
                    : FileState.of(folder)
                            .filter(state -> state.everybodyWrites() && !state.isSticky())
                            .map(state -> "is in a folder where everybody can replace it");
        } catch (IOException e) {
            return Optional.of("is in a folder that cannot be looked at");
        }
    }
}
