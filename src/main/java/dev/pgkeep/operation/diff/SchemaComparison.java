package dev.pgkeep.operation.diff;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.restore.ScratchRestore;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveListing.Definition;
import dev.pgkeep.postgres.schema.ObjectKind;
import dev.pgkeep.postgres.schema.Schema;
import dev.pgkeep.postgres.schema.SchemaDifference;
import dev.pgkeep.postgres.schema.SchemaReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Compares schemas. That of a backup is made in a scratch database without rows, where the same server describes it in
 * the same words as any other: texts of two versions of pg_dump differ where nothing does. Two backups whose statements
 * are the same need no server.
 */
final class SchemaComparison {
    /** Values, which are no schema. */
    private static final Set<String> VALUES = Set.of("SEQUENCE SET", "TABLE DATA", "BLOB", "BLOBS", "BLOB METADATA");

    private final Connector connector;
    private final ScratchRestore scratch;

    SchemaComparison(Connector connector, ScratchRestore scratch) {
        this.connector = connector;
        this.scratch = scratch;
    }

    /** @param server asked for where a scratch database may be made, when one is needed */
    SchemaDifference between(ChunkedSource first, ChunkedSource second, Supplier<Target> server) {
        Optional<List<Definition>> was = definitions(first);
        if (was.isPresent() && was.equals(definitions(second))) {
            return SchemaDifference.NONE;
        }
        Target where = server.get();
        return SchemaDifference.between(of(first, where), of(second, where));
    }

    SchemaDifference between(ChunkedSource first, Target live, Supplier<Target> server) {
        return SchemaDifference.between(of(first, server.get()), of(live));
    }

    private static Optional<List<Definition>> definitions(ChunkedSource source) {
        return source.definitions()
                .map(all -> all.stream()
                        .filter(each -> !VALUES.contains(each.type()))
                        .toList());
    }

    private Schema of(ChunkedSource source, Target server) {
        AtomicReference<Schema> schema = new AtomicReference<>(Schema.EMPTY);
        scratch.definitions(source, server, database -> schema.set(of(database)));
        return Objects.requireNonNull(schema.get());
    }

    /**
     * The schema of a database without owners and rights: in a scratch database everything belongs to whoever made it.
     */
    private Schema of(Target database) {
        try (Connection connection = connector.open(database, "pgkeep")) {
            return SchemaReader.read(connection).without(each -> each.kind() == ObjectKind.RIGHTS);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "reading the schema of " + database.database());
        }
    }

    /** Whether an error means that rows can be compared all the same. */
    static boolean isBearable(PgkeepException e) {
        return e.code() != ErrorCode.INTERRUPTED && e.code() != ErrorCode.BACKUP_DAMAGED;
    }
}
