package dev.pgkeep.cli.render;

import dev.pgkeep.operation.show.ServerContents;
import dev.pgkeep.postgres.catalog.DatabaseInfo;
import dev.pgkeep.postgres.connect.Target;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The result of {@code db --json}.
 *
 * @param kept databases that were replaced by another one under their name, and are kept for a while
 */
@Json
public record DbJson(String server, List<Database> databases, List<KeptJson> kept) {
    /**
     * One database of a server.
     *
     * @param bytes -1 where the role may not know
     * @param tables tables with rows; -1 where the role may not connect
     * @param marked whether {@code pgkeep protect} marked it
     */
    @Json
    public record Database(
            String name,
            String owner,
            long bytes,
            int tables,
            int connections,
            @Json.Property("protected") boolean marked) {}

    public static DbJson of(Target target, ServerContents.Databases found) {
        return new DbJson(
                target.describeServer(),
                found.databases().stream().map(DbJson::of).toList(),
                found.kept().stream().map(KeptJson::of).toList());
    }

    private static Database of(ServerContents.Database database) {
        DatabaseInfo info = database.info();
        return new Database(
                info.name(), info.owner(), info.bytes(), database.tables(), info.connections(), info.marked());
    }
}
