package dev.pgkeep.operation.guard;

import dev.pgkeep.postgres.migrations.AppliedMigrations;
import dev.pgkeep.postgres.migrations.CodeMigrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The migrations that the code has and the database has not, as far as that can be told for sure.
 *
 * @param tool the tool
 * @param applied how many are applied
 * @param head the newest applied one
 * @param names the pending ones, oldest first
 */
public record PendingMigrations(String tool, int applied, Optional<String> head, List<String> names) {
    /** Words of commands that do something else than applying what is pending. */
    private static final Pattern MORE = Pattern.compile(
            "(?i)\\b(dev|push|reset|down|downgrade|rollback|undo|redo|repair|baseline|clean|stamp|force|drop|seed"
                    + "|resolve|fake|revert|create|generate|refresh|fresh)\\b");

    public PendingMigrations {
        names = List.copyOf(names);
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /**
     * Compares code and database.
     *
     * @param command the command that is to be run, as text
     * @param folder where the code is
     * @param code what every tool has in the code; more than one tool, and nothing can be told
     * @param applied what every tool has applied
     */
    static Optional<PendingMigrations> of(
            String command, Path folder, List<CodeMigrations> code, List<AppliedMigrations> applied) {
        if (code.size() != 1 || MORE.matcher(command).find() || hasMore(folder, code.getFirst())) {
            return Optional.empty();
        }
        CodeMigrations files = code.getFirst();
        List<AppliedMigrations> histories = applied.stream()
                .filter(each -> each.tool().equals(files.tool()))
                .toList();
        if (histories.isEmpty() && applied.isEmpty()) {
            return Optional.of(new PendingMigrations(files.tool(), 0, Optional.empty(), files.names()));
        }
        return histories.size() == 1 && applied.size() == 1 ? after(files, histories.getFirst()) : Optional.empty();
    }

    /** Flyway also looks into folders of folders, has migrations that run whenever they change, and some in Java. */
    private static boolean hasMore(Path folder, CodeMigrations code) {
        if (!code.tool().equals("flyway")) {
            return false;
        }
        try (Stream<Path> files = Files.list(code.folder())) {
            return Files.exists(folder.resolve("src/main/java/db/migration"))
                    || files.anyMatch(file -> Files.isDirectory(file)
                            || !String.valueOf(file.getFileName()).matches("V.*"));
        } catch (IOException e) {
            return true;
        }
    }

    private static Optional<PendingMigrations> after(CodeMigrations files, AppliedMigrations history) {
        List<String> names = files.names();
        int position = history.head().map(names::indexOf).orElse(-1);
        boolean nothingYet = history.applied() == 0 && history.head().isEmpty();
        if (history.note().isPresent() || position < 0 && !nothingYet) {
            return Optional.empty();
        }
        // Fewer rows than files up to the head: one was left out, or several were made one. Who knows what comes now.
        if (history.isCounted() && history.applied() != position + 1) {
            return Optional.empty();
        }
        return Optional.of(new PendingMigrations(
                history.tool(), position + 1, history.head(), names.subList(position + 1, names.size())));
    }
}
