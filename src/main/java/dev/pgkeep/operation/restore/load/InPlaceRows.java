package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.restore.client.ScriptSender;
import dev.pgkeep.operation.restore.load.chunked.RowTransfer;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.copy.SessionEncoding;
import dev.pgkeep.postgres.copy.TableWriter;
import dev.pgkeep.repository.contents.TableContents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Copies rows of chunks in the transaction that replaces a database. A table whose rows are refused is tried again with
 * the search path of the database, where functions look for others by it, and without the check that refuses them,
 * which comes back as NOT VALID.
 */
final class InPlaceRows {
    private static final String MARK = "pgkeep_rows";
    private static final String CHECK_VIOLATED = "23514";
    private static final Set<String> NOT_FOUND = Set.of("42883", "42P01", "42704", "3F000", "42703");
    /** A table has few checks; whoever needs more tries than that has another problem. */
    private static final int MOST_TRIES = 50;

    private static final String DEFINITION = """
            SELECT pg_catalog.pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint
            WHERE conrelid = pg_catalog.to_regclass(?) AND contype = 'c' AND conname = ?""";

    private final ChunkedSource source;
    private final String databasePath;
    private final Progress progress;
    private final Cancellation cancellation;
    private final List<String> notes = new ArrayList<>();

    InPlaceRows(ChunkedSource source, String databasePath, Progress progress, Cancellation cancellation) {
        this.source = source;
        this.databasePath = databasePath;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Copies the rows of all tables.
     *
     * @param session in which the sender has begun the transaction
     * @return what went only in another way, one line each
     */
    List<String> copy(Connection session, ScriptSender sender, List<TableContents> tables) {
        TableWriter.prepare(session, source.metadata().properties().encoding(), source.moneyLocale());
        RowTransfer transfer = new RowTransfer(source.store(), progress, cancellation);
        for (TableContents table : tables) {
            copy(session, sender, transfer, table);
        }
        SessionEncoding.use(session, "UTF8");
        return notes;
    }

    private void copy(Connection session, ScriptSender sender, RowTransfer transfer, TableContents table) {
        List<String> after = new ArrayList<>();
        boolean byPath = false;
        for (int tries = 0; ; tries++) {
            sender.run("SAVEPOINT " + MARK);
            if (byPath) {
                sender.run(path(databasePath));
            }
            try {
                transfer.copy(session, List.of(table), each -> DataOnlyChunkLoader.into(session, each));
                after.forEach(sender::run);
                sender.run(path(""));
                sender.run("RELEASE SAVEPOINT " + MARK);
                return;
            } catch (PgkeepException e) {
                cancellation.check();
                ServerErrorMessage said = said(e).orElseThrow(() -> e);
                if (tries == MOST_TRIES) {
                    throw e;
                }
                sender.run("ROLLBACK TO SAVEPOINT " + MARK);
                String state = String.valueOf(said.getSQLState());
                if (NOT_FOUND.contains(state) && !byPath) {
                    byPath = true;
                    notes.add("rows of " + table.name() + " went in with the search path of the database");
                } else if (state.equals(CHECK_VIOLATED) && said.getConstraint() != null && said.getTable() != null) {
                    after.add(dropped(session, sender, said, e));
                } else {
                    throw e;
                }
            }
        }
    }

    /** Drops a check that rows do not keep; gives the statement that makes it again for new rows. */
    private String dropped(Connection session, ScriptSender sender, ServerErrorMessage said, PgkeepException failure) {
        String table = Sql.identifier(String.valueOf(said.getSchema()), String.valueOf(said.getTable()));
        String name = String.valueOf(said.getConstraint());
        try {
            String again = definition(session, table, name).orElseThrow(() -> failure);
            sender.run("ALTER TABLE " + table + " DROP CONSTRAINT " + Sql.identifier(name));
            notes.add("the check " + name + " of " + table + " is NOT VALID now: rows of the backup break it; correct"
                    + " them, then validate it (ALTER TABLE … VALIDATE CONSTRAINT)");
            return "ALTER TABLE " + table + " ADD CONSTRAINT " + Sql.identifier(name) + " " + again
                    + (again.endsWith("NOT VALID") ? "" : " NOT VALID");
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the check " + name);
        }
    }

    private static Optional<String> definition(Connection session, String table, String name) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(DEFINITION)) {
            statement.setString(1, table);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static String path(String path) {
        return "SELECT pg_catalog.set_config('search_path', " + Sql.literal(path) + ", false)";
    }

    private static Optional<ServerErrorMessage> said(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof PSQLException known && known.getServerErrorMessage() != null) {
                return Optional.of(known.getServerErrorMessage());
            }
        }
        return Optional.empty();
    }
}
