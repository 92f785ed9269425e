package dev.pgkeep.operation.doctor;

import dev.pgkeep.base.units.ShellWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Backups and passwords that others could see: in git, or by loose permissions. */
final class FileChecks {
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("postgres(ql)?://[^\\s:@/]+:[^\\s@$]+@");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Examination examination;

    FileChecks(Examination examination) {
        this.examination = examination;
    }

    void addTo(List<Check> checks) {
        ignored().ifPresent(checks::add);
        examination.secretFiles().stream()
                .filter(Files::isRegularFile)
                .flatMap(file -> tracked(file).stream())
                .forEach(checks::add);
        passwordFile().ifPresent(checks::add);
    }

    private Optional<Check> ignored() {
        Path folder = examination.repository().toAbsolutePath().normalize();
        return GitFolder.around(folder)
                .flatMap(git -> git.ignores(folder).map(yes -> {
                    String line = ("/" + git.root().relativize(folder) + "/")
                            .replace('\\', '/')
                            .replaceFirst("^//$", "*.dump");
                    return yes
                            ? Check.ok("git", "the backup folder is ignored by git")
                            : Check.warn(
                                    "git",
                                    "the backup folder lies in a git repository and is not ignored: backups could be committed",
                                    "pgkeep init does it, or: echo " + ShellWords.word(line) + " >> "
                                            + ShellWords.word(git.root()
                                                    .resolve(".gitignore")
                                                    .toString()));
                }));
    }

    private Optional<Check> tracked(Path file) {
        boolean env = String.valueOf(file.getFileName()).startsWith(".env");
        boolean shown = GitFolder.around(file).flatMap(git -> git.tracks(file)).orElse(false);
        boolean password = holdsPassword(file);
        if (!shown || !(env || password)) {
            return Optional.empty();
        }
        return Optional.of(Check.warn(
                "secrets",
                file + " is in git" + (password ? " and holds the password of a database" : ", where passwords end up"),
                env
                        ? "git rm --cached " + file + ", add it to .gitignore"
                                + (password ? ", and change the password" : "")
                        : "write ${DATABASE_URL} there instead, and change the password"));
    }

    /** Libpq, and pgkeep with it, ignores a password file that others can read. */
    private Optional<Check> passwordFile() {
        Path file = examination.passwordFile();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
            mode.addAll(Files.getPosixFilePermissions(file));
            mode.retainAll(OTHERS);
            return Optional.of(
                    mode.isEmpty()
                            ? Check.ok("password file", file + " is private")
                            : Check.warn(
                                    "password file",
                                    file + " is ignored because others can read it",
                                    "chmod 600 " + ShellWords.word(file.toString())));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static boolean holdsPassword(Path file) {
        try {
            // Every byte is a letter in this encoding, so that no file is refused.
            return Files.readString(file, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> !line.strip().startsWith("#"))
                    .anyMatch(line -> PASSWORD_IN_URL.matcher(line).find());
        } catch (IOException e) {
            return false;
        }
    }
}
