package dev.pgkeep.operation.init;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The plan of a set-up: what will be written, and what there is to paste.
 *
 * @param files files to write, with their whole new content
 * @param snippets texts to paste, those that fit this project first
 * @param notes what is left as it is, and why
 */
public record InitPlan(Project project, List<PlannedFile> files, List<Snippet> snippets, List<String> notes) {
    public InitPlan {
        files = List.copyOf(files);
        snippets = List.copyOf(snippets);
        notes = List.copyOf(notes);
    }

    /**
     * A file to write.
     *
     * @param what for people, for instance {@code add /backups/}
     * @param copy where the present content is kept, if the file is replaced
     */
    public record PlannedFile(Path path, String content, String what, Optional<Path> copy) {}

    /**
     * A text to paste.
     *
     * @param title for instance {@code crontab}
     * @param place where it goes, for instance {@code crontab -e}
     * @param fits whether this project and machine look as if it was for them
     */
    public record Snippet(String title, String place, String text, boolean fits) {}
}
