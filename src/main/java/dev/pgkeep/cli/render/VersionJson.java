package dev.pgkeep.cli.render;

import dev.pgkeep.format.manifest.Manifest.Migrations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code version --json}.
 *
 * @param migrations what is applied in the database
 * @param codeTool migration tool of the code in the working folder
 * @param protection why the database is protected; nothing when it is not
 * @param problem why the database could not be asked
 */
@io.avaje.jsonb.Json
public record VersionJson(
        String pgkeep,
        String java,
        String clientTools,
        @Nullable String database,
        @Nullable String server,
        @Nullable String protection,
        List<Migrations> migrations,
        @Nullable String codeTool,
        @Nullable Integer codeCount,
        @Nullable String codeHead,
        @Nullable String problem) {

    public VersionJson withServer(
            String describedDatabase, String version, @Nullable String why, List<Migrations> applied) {
        return new VersionJson(
                pgkeep,
                java,
                clientTools,
                describedDatabase,
                version,
                why,
                applied,
                codeTool,
                codeCount,
                codeHead,
                null);
    }

    public VersionJson withProblem(String message) {
        return new VersionJson(
                pgkeep, java, clientTools, null, null, null, List.of(), codeTool, codeCount, codeHead, message);
    }
}
