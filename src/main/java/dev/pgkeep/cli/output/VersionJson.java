package dev.pgkeep.cli.output;

import dev.pgkeep.manifest.Manifest.Migrations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code version --json}.
 *
 * @param migrations what is applied in the database
 * @param codeTool migration tool of the code in the working folder
 * @param problem why the database could not be asked
 */
@io.avaje.jsonb.Json
public record VersionJson(
        String pgkeep,
        String java,
        String clientTools,
        @Nullable String database,
        @Nullable String server,
        List<Migrations> migrations,
        @Nullable String codeTool,
        @Nullable Integer codeCount,
        @Nullable String codeHead,
        @Nullable String problem) {

    public VersionJson withServer(String describedDatabase, String version, List<Migrations> applied) {
        return new VersionJson(
                pgkeep, java, clientTools, describedDatabase, version, applied, codeTool, codeCount, codeHead, null);
    }

    public VersionJson withProblem(String message) {
        return new VersionJson(
                pgkeep, java, clientTools, null, null, List.of(), codeTool, codeCount, codeHead, message);
    }
}
