package dev.pgkeep.operation.restore.proof;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.copy.ContentReader;
import dev.pgkeep.postgres.copy.CopyCatalog;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.repository.contents.TableContents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads restored tables back as a backup reads them, and compares count and content of their rows. Partitions are
 * compared as one table: a partition key may sort a row into another leaf after a restore, which loses nothing.
 */
public final class ContentComparison {
    private final Connector connector;
    private final Target database;
    private final int connections;
    private final Cancellation cancellation;
    private final Optional<String> moneyLocale;

    public ContentComparison(Connector connector, Target database, int connections, Cancellation cancellation) {
        this(connector, database, connections, cancellation, Optional.of(SessionSettings.MONEY_LOCALE));
    }

    private ContentComparison(
            Connector connector,
            Target database,
            int connections,
            Cancellation cancellation,
            Optional<String> moneyLocale) {
        this.connector = connector;
        this.database = database;
        this.connections = connections;
        this.cancellation = cancellation;
        this.moneyLocale = moneyLocale;
    }

    /** This comparison with a backup whose money was printed under this locale; empty where nobody knows. */
    public ContentComparison withMoney(Optional<String> locale) {
        return new ContentComparison(connector, database, connections, cancellation, locale);
    }

    public Comparison against(List<TableContents> expected) {
        if (expected.isEmpty()) {
            return Comparison.NONE;
        }
        try (Snapshot snapshot = Snapshot.take(connector, database, "pgkeep")) {
            Map<TableName, CopyTable> present = new HashMap<>();
            CopyCatalog.read(snapshot.connection()).forEach(table -> present.put(table.name(), table));
            Expected wanted = new Expected(expected);
            List<CopyTable> tables = CopyCatalog.measured(
                    snapshot.connection(),
                    expected.stream()
                            .flatMap(
                                    each -> wanted.expect(each, Optional.ofNullable(present.get(each.name()))).stream())
                            .toList());
            return wanted.compare(ContentReader.byRoot(
                    tables,
                    new ContentReader(connector, database, "pgkeep", connections)
                            .withMoney(moneyLocale)
                            .read(tables, snapshot.id(), cancellation)));
        }
    }
}
