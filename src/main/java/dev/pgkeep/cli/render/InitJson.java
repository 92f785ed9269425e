package dev.pgkeep.cli.render;

import dev.pgkeep.operation.init.InitPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code init --json}. */
@io.avaje.jsonb.Json
public record InitJson(
        boolean dryRun, List<String> project, List<File> files, List<Snippet> snippets, List<String> notes) {
    /** A file that was written, or would be. */
    @io.avaje.jsonb.Json
    public record File(String path, String what, @Nullable String copy) {}

    /** A text to paste; {@code fits} when this project or machine looks as if it was for them. */
    @io.avaje.jsonb.Json
    public record Snippet(String title, String place, String text, boolean fits) {}

    public static InitJson of(InitPlan plan, boolean dryRun) {
        return new InitJson(
                dryRun,
                plan.project().kinds(),
                plan.files().stream()
                        .map(file -> new File(
                                file.path().toString(),
                                file.what(),
                                file.copy().map(Object::toString).orElse(null)))
                        .toList(),
                plan.snippets().stream()
                        .map(each -> new Snippet(each.title(), each.place(), each.text(), each.fits()))
                        .toList(),
                plan.notes());
    }
}
