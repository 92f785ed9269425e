package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.client.ScriptSender;
import dev.pgkeep.operation.restore.load.chunked.RowTransfer;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.proof.RowComparison;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.Skeleton;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.copy.SessionEncoding;
import dev.pgkeep.postgres.copy.TableWriter;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.dump.ScriptChoice;
import dev.pgkeep.repository.contents.TableContents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts rows of a backup of chunks into tables that are there, in one transaction on one connection, as
 * {@link DataOnlyDumpLoader} does with dumps: any failure changes nothing.
 */
final class DataOnlyChunkLoader {
    private final RestorePlan plan;
    private final ChunkedSource source;
    private final Set<String> serverSettings;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Set<String> notes = new LinkedHashSet<>();

    DataOnlyChunkLoader(
            RestorePlan plan,
            ChunkedSource source,
            Set<String> serverSettings,
            Progress progress,
            Cancellation cancellation) {
        this.plan = plan;
        this.source = source;
        this.serverSettings = serverSettings;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    Set<String> into(Connection connection) {
        SuspendedConstraints around = SuspendedConstraints.of(plan, connection);
        try (var registration = cancellation.onCancel(() -> SessionTermination.abort(connection));
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL lock_timeout = '10s'");
            for (String sql : around.before()) {
                statement.execute(sql);
            }
            TableWriter.prepare(connection, encoding(), source.moneyLocale());
            new RowTransfer(source.store(), progress, cancellation)
                    .copy(connection, tables(), table -> into(connection, table));
            runScript(connection, around);
            SessionEncoding.use(connection, "UTF8");
            for (String sql : around.after()) {
                statement.execute(sql);
            }
            new RowComparison(connection, progress, cancellation)
                    .against(plan.expectedRows())
                    .orThrow("the database");
            connection.commit();
            connection.setAutoCommit(true);
            return notes;
        } catch (SQLException e) {
            cancellation.check();
            throw RowTransfer.failure(SqlErrors.translate(e, "nothing was changed"));
        } catch (PgkeepException e) {
            cancellation.check();
            throw RowTransfer.failure(e).during("nothing was changed");
        }
    }

    /** Values of sequences, and rows of tables that belong to extensions. */
    private void runScript(Connection connection, SuspendedConstraints around) {
        Set<TableName> copied = tables().stream().map(TableContents::name).collect(Collectors.toSet());
        try (Skeleton skeleton = source.skeletonFile(cancellation);
                ScriptSender sender =
                        ScriptSender.prepared(connection, plan.server().versionNumber(), cancellation)) {
            ScriptChoice choice = new DumpLoader(plan, skeleton.dump(), serverSettings, Progress.SILENT, cancellation)
                    .choice(ScriptChoice.Part.ROWS, around::owns)
                    .without(copied);
            new DumpReader(plan.tools(), cancellation)
                    .pass(skeleton.dump(), List.of("--data-only"), choice, sender, sender, notes);
        }
    }

    private List<TableContents> tables() {
        return plan.contents().chunks().orElseThrow().tables();
    }

    private String encoding() {
        return source.metadata().properties().encoding();
    }

    /** The table that rows go to: itself, or the root of its partitions where that is there. */
    static TableName into(Connection connection, TableContents table) {
        if (table.loadThroughRoot() && table.root().isPresent()) {
            TableName root = table.root().get();
            try (PreparedStatement statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
                statement.setString(1, Sql.identifier(root.schema(), root.name()));
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() && row.getBoolean(1) ? root : table.name();
                }
            } catch (SQLException e) {
                throw SqlErrors.translate(e, "looking for " + root);
            }
        }
        return table.name();
    }
}
