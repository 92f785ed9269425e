package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Parallelism;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Lineage;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.delta.DeltaLook;
import dev.pgkeep.operation.restore.delta.LiveTables;
import dev.pgkeep.operation.restore.delta.TableDelta;
import dev.pgkeep.operation.restore.load.chunked.RowTransfer;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.copy.CopyCatalog;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RowAge;
import dev.pgkeep.postgres.copy.SessionEncoding;
import dev.pgkeep.postgres.copy.TableWriter;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.incremental.LineageCheck;
import dev.pgkeep.postgres.incremental.TableSignatures;
import dev.pgkeep.repository.contents.TableContents;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Takes a database back to a backup by replacing only what differs, in one transaction: rows that were written since
 * go, and rows of the backup that are gone come back. Others may read meanwhile, and nobody may write.
 */
final class DeltaLoad {
    private static final String WHOLE = "--no-delta";
    private static final String PATIENCE = "SET LOCAL lock_timeout = '10s'";

    private final RestorePlan plan;
    private final ChunkedSource source;
    private final Connector connector;
    private final Progress progress;
    private final Cancellation cancellation;

    DeltaLoad(
            RestorePlan plan, ChunkedSource source, Connector connector, Progress progress, Cancellation cancellation) {
        this.plan = plan;
        this.source = source;
        this.connector = connector;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Takes it back.
     *
     * @return how the content of all tables compares with the backup
     * @throws PgkeepException LOCK_BUSY, RESTORE_FAILED, PROOF_FAILED; nothing was changed then
     */
    Comparison into(Target database) {
        try (Connection session = connector.open(database, "pgkeep");
                var registration = cancellation.onCancel(() -> SessionTermination.abort(session))) {
            Comparison comparison = replace(database, session);
            commit(session);
            return comparison;
        } catch (SQLException e) {
            cancellation.check();
            throw failed(SqlErrors.translate(e, "taking " + database.database() + " back"));
        }
    }

    private Comparison replace(Target database, Connection session) throws SQLException {
        try {
            Locked locked = progress.phases().during("look", () -> locked(database, session));
            List<TableDelta> changed = locked.tables();
            List<TableDelta> touched =
                    changed.stream().filter(TableDelta::isChanged).toList();
            progress.step("Replacing what differs");
            SuspendedConstraints around = progress.phases().during("prepare", () -> suspended(session, touched));
            CopySession.readByBlocks(session, true);
            DeltaRows rows = new DeltaRows(source, session, locked.age(), progress, cancellation);
            Comparison comparison = progress.phases().during("rows", () -> rows.replace(changed));
            CopySession.readByBlocks(session, false);
            finish(session, around, !touched.isEmpty());
            comparison.orThrow("the database");
            new Comparison(0, 0, rows.writes().differences(session), new TreeMap<>(), false).orThrow("the database");
            return comparison;
        } catch (PgkeepException e) {
            cancellation.check();
            throw failed(e);
        }
    }

    /**
     * The tables, which nobody else can write to any more.
     *
     * @param age by which this session tells rows that were written since
     */
    private record Locked(List<TableDelta> tables, RowAge age) {}

    /** Locks all tables against writers, and asks what changed. */
    private Locked locked(Target database, Connection session) {
        Lineage lineage = Optional.ofNullable(source.chunks().lineage()).orElseThrow();
        LineageCheck server = new LineageCheck(session);
        Optional<String> other = server.against(lineage);
        if (other.isPresent()) {
            throw changed(other.get());
        }
        List<TableContents> stored = source.contents().tables();
        try (Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            statement.execute(PATIENCE);
            statement.execute("SET LOCAL row_security = off");
            lock(statement, session, stored);
            if (!server.isStillWith(session)) {
                throw changed(LineageCheck.OTHER_PROCESS);
            }
            Optional<String> different = new DeltaLook(
                            source, plan.delta().orElseThrow().dumping(), connector, Progress.SILENT, cancellation)
                    .definitions(database)
                    .or(() -> DeltaLook.obstacles(session));
            if (different.isPresent()) {
                throw changed(different.get());
            }
            String snapshot = text(statement, "SELECT pg_catalog.pg_export_snapshot()");
            List<CopyTable> live = CopyCatalog.measured(session, CopyCatalog.read(session));
            // Before this transaction has an id: it must be younger than all that is told apart by it.
            RowAge age = RowAge.since(session, lineage.snapshotXmin());
            List<TableDelta> tables = LiveTables.of(stored, live, TableSignatures.read(session))
                    .orElseThrow(() -> changed("the database has other tables now"))
                    .changed(
                            connector, database, snapshot, lineage.snapshotXmin(), Parallelism.readers(), cancellation);
            return new Locked(tables, age);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "locking the tables of " + database.database());
        }
    }

    private static void lock(Statement statement, Connection session, List<TableContents> tables) throws SQLException {
        if (!tables.isEmpty()) {
            statement.execute(tables.stream()
                    .map(table -> "ONLY "
                            + SessionEncoding.identifier(
                                    session, table.name().schema(), table.name().name()))
                    .collect(Collectors.joining(", ", "LOCK TABLE ", " IN SHARE ROW EXCLUSIVE MODE")));
        }
    }

    private static PgkeepException changed(String what) {
        return new PgkeepException(
                ErrorCode.LOCK_BUSY,
                "the database was changed while this began: " + what,
                "run it again, or replace everything: --no-delta");
    }

    /** What keeps rows from being put back need not keep everything from being replaced. */
    private static PgkeepException failed(PgkeepException cause) {
        PgkeepException failure = RowTransfer.failure(cause);
        boolean other = failure.code() == ErrorCode.RESTORE_FAILED || failure.code() == ErrorCode.PROOF_FAILED;
        return new PgkeepException(
                failure.code(),
                "nothing was changed: " + failure.getMessage(),
                other && !failure.hint().contains(WHOLE)
                        ? "replace everything: " + WHOLE + "; " + failure.hint()
                        : failure.hint(),
                failure);
    }

    /** Foreign keys need no second look: the rows of the backup kept them, and the definitions are the same. */
    private SuspendedConstraints suspended(Connection session, List<TableDelta> touched) {
        Set<TableName> tables =
                touched.stream().map(table -> table.stored().name()).collect(Collectors.toSet());
        boolean superuser = plan.server().superuser();
        SuspendedConstraints around = SuspendedConstraints.of(tables, session, !superuser);
        try (Statement statement = session.createStatement()) {
            if (superuser) {
                statement.execute("SET LOCAL session_replication_role = replica");
            }
            for (String sql : around.before()) {
                statement.execute(sql);
            }
            SequenceValues.of(source).set(session);
            TableWriter.prepare(session, source.metadata().properties().encoding(), source.moneyLocale());
            // Somebody may hold a row, without a lock on its table that keeps us out.
            statement.execute(PATIENCE);
            return around;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "letting triggers and foreign keys rest");
        }
    }

    /** Constraints and triggers again, and what is computed from rows. */
    private void finish(Connection session, SuspendedConstraints around, boolean changed) throws SQLException {
        SessionEncoding.use(session, "UTF8");
        try (Statement statement = session.createStatement()) {
            for (String sql : around.after()) {
                statement.execute(sql);
            }
            List<Entry> entries =
                    plan.contents().listing().map(ArchiveListing::entries).orElse(List.of());
            for (String sql : MaterializedViews.statements(session, entries, changed)) {
                progress.step("Refreshing materialised views");
                statement.execute(sql);
            }
        }
    }

    private void commit(Connection session) {
        cancellation.check();
        try {
            session.commit();
        } catch (SQLException e) {
            PgkeepException failed = SqlErrors.translate(e, "the commit");
            throw failed.code() != ErrorCode.SERVER_LOST
                    ? failed.during("nothing was changed")
                    : new PgkeepException(
                            failed.code(),
                            "the line broke at the commit: " + plan.target().database()
                                    + " is either as it was or as in the backup, complete in both cases",
                            "look which it is when the server is back",
                            e);
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
