package dev.pgkeep.operation.restore.delta;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Parallelism;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Lineage;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.LiveDefinitions;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlResource;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.copy.CopyCatalog;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.incremental.LineageCheck;
import dev.pgkeep.postgres.incremental.TableSignatures;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.repository.contents.TableContents;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether a database can be taken back to a backup by replacing only what differs. That is so where the
 * backup was made of this very database, which has the same definitions still. Changes nothing.
 */
public final class DeltaLook {
    private final ChunkedSource source;
    private final ClientSet dumping;
    private final Connector connector;
    private final Progress progress;
    private final Cancellation cancellation;

    /** @param dumping client programs that can dump the database */
    public DeltaLook(
            ChunkedSource source,
            ClientSet dumping,
            Connector connector,
            Progress progress,
            Cancellation cancellation) {
        this.source = source;
        this.dumping = dumping;
        this.connector = connector;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /** The answer. */
    public sealed interface Answer {
        /** @param delta what would be done */
        record Possible(DatabaseDelta delta) implements Answer {}

        /** @param why for people, as the end of a sentence: "everything is replaced: …" */
        record Impossible(String why) implements Answer {}
    }

    /**
     * Looks at a database.
     *
     * @param properties whether the database itself (its settings, owner, rights) must be as it was, too
     */
    public Answer at(Target target, boolean properties) {
        Lineage lineage = source.chunks().lineage();
        if (lineage == null) {
            return new Answer.Impossible("the backup does not say where in the history of its server it was made");
        }
        if (!source.metadata().isWhole()) {
            return new Answer.Impossible("the backup holds only a part of the database");
        }
        progress.step("Looking what changed since " + source.name());
        Connection connection = connector.open(target, "pgkeep");
        LineageCheck server = new LineageCheck(connection);
        Optional<String> other = server.against(lineage);
        try (Snapshot snapshot = Snapshot.in(connection, target.database())) {
            if (other.isPresent() || !server.isStillWith(snapshot.connection())) {
                return new Answer.Impossible(other.orElse(LineageCheck.OTHER_PROCESS));
            }
            Optional<String> different = definitions(target)
                    .or(() -> obstacles(snapshot.connection()))
                    .or(() -> properties ? properties(target, snapshot.connection()) : Optional.empty());
            if (different.isPresent() || snapshot.shared().isEmpty()) {
                return new Answer.Impossible(different.orElse("nobody can share a snapshot here"));
            }
            return changes(target, snapshot, lineage.snapshotXmin());
        }
    }

    /** What is defined otherwise than in the backup; empty where nothing is. */
    public Optional<String> definitions(Target target) {
        if (LiveDefinitions.holdsMore(source)) {
            return Optional.of("it holds large objects, or rows of extensions");
        }
        try (LiveDefinitions live = LiveDefinitions.of(target, dumping, cancellation)) {
            return live.differenceFrom(source);
        }
    }

    private Optional<String> properties(Target target, Connection connection) {
        return new Catalog(connection)
                        .properties(target.database())
                        .filter(source.metadata().properties()::equals)
                        .isPresent()
                ? Optional.empty()
                : Optional.of("settings, owner or rights of the database are others now");
    }

    /** What keeps rows of the tables that are there from being replaced; empty where nothing does. */
    public static Optional<String> obstacles(Connection connection) {
        return SqlResource.of(DeltaLook.class, "obstacles", "looking what is in the way")
                .rows(connection, row -> row.getString(1))
                .stream()
                .findFirst();
    }

    private Answer changes(Target target, Snapshot snapshot, long xmin) {
        Connection connection = snapshot.connection();
        List<CopyTable> live = CopyCatalog.measured(connection, CopyCatalog.read(connection));
        List<TableContents> stored = source.contents().tables();
        Optional<LiveTables> tables = LiveTables.of(stored, live, TableSignatures.read(connection));
        if (tables.isEmpty()) {
            return new Answer.Impossible("the database has other tables now");
        }
        List<TableDelta> changed =
                tables
                        .get()
                        .changed(connector, target, snapshot.id(), xmin, Parallelism.readers(), cancellation)
                        .stream()
                        .filter(TableDelta::isChanged)
                        .toList();
        long bytes = live.stream().mapToLong(CopyTable::bytes).sum();
        long replaced = changed.stream().mapToLong(TableDelta::replaced).sum();
        return new Answer.Possible(new DatabaseDelta(
                Math.max(0, bytes - replaced),
                replaced,
                changed.size(),
                changed.stream().mapToLong(TableDelta::going).sum(),
                changed.stream().mapToLong(TableDelta::coming).sum(),
                dumping,
                changed.stream().map(TableDelta::needed).toList()));
    }
}
