package dev.pgkeep.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.ApplicationPath;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.TablesOnly;
import dev.pgkeep.postgres.migrations.MigrationHistory;
import dev.pgkeep.postgres.relations.RowSession;
import dev.pgkeep.postgres.snapshot.RowCounter;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A table's owner puts a view in its place, whose function would run as the superuser that reads the table. */
final class SwappedTableIT {
    private static final TableName TABLE = new TableName("public", "t");
    private static final String TRACE = "the function of the view ran";
    private static final String FUNCTION = "CREATE TABLE public.t (n int); INSERT INTO public.t VALUES (1);"
            + " CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION '" + TRACE
            + "'; END$$";
    private static final String SWAP =
            "ALTER TABLE public.t RENAME TO kept;" + " CREATE VIEW public.t AS SELECT public.f() AS n FROM public.kept";

    private final Connector connector = new Connector();

    @Test
    void it_is_not_counted() throws Exception {
        try (var database = filled();
                Snapshot snapshot = Snapshot.take(connector, database.target(), "test");
                RowCounter counter =
                        RowCounter.start(connector, database.target(), snapshot, "test", new Cancellation())) {
            database.execute(SWAP);
            counter.count(TABLE);
            assertThatThrownBy(counter::result).isInstanceOfSatisfying(PgkeepException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.LOCK_BUSY);
                assertThat(e).hasMessageContaining("public.t").hasMessageNotContaining(TRACE);
            });
        }
    }

    @Test
    void it_is_not_locked_as_what_the_snapshot_lists() throws Exception {
        try (var database = filled();
                Snapshot snapshot = Snapshot.take(connector, database.target(), "test")) {
            List<CopyTable> tables = CopyCatalog.read(snapshot.connection());
            database.execute(SWAP);
            assertThatThrownBy(() -> TableLocks.take(snapshot.connection(), tables, Duration.ofSeconds(2)))
                    .isInstanceOfSatisfying(
                            PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCK_BUSY));
        }
    }

    /** Locks on tables keep nobody from renaming their schema. */
    @EachServerVersion(usuallyEnds = true)
    void it_is_not_read_even_where_the_schema_was_swapped_behind_the_locks(TestServer server) throws Exception {
        try (var database = filled(server);
                Snapshot snapshot = Snapshot.take(connector, database.target(), "test")) {
            List<CopyTable> tables = CopyCatalog.read(snapshot.connection());
            TableLocks.take(snapshot.connection(), tables, Duration.ofSeconds(2));
            database.execute("ALTER SCHEMA public RENAME TO moved; CREATE SCHEMA public;"
                    + " CREATE VIEW public.t AS SELECT moved.f() AS n, ctid FROM moved.t");
            try (CopySession session =
                    CopySession.open(connector, database.target(), "test", Optional.of(snapshot.id()))) {
                var content = new RowContent();
                assertThatThrownBy(() ->
                                new RangeReader(session).read(tables.getFirst(), new BlockRange(0, 1, true), content))
                        .hasMessageContaining("non-system view")
                        .hasMessageNotContaining(TRACE);
            }
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void sessions_that_read_rows_open_no_view_until_they_are_let(TestServer server) throws SQLException {
        try (var database = filled(server);
                Connection connection = database.connect()) {
            database.execute("CREATE VIEW public.v AS SELECT 7");
            try (var tables = TablesOnly.in(connection)) {
                assertThatThrownBy(() -> ask(connection)).hasMessageContaining("non-system view");
                try (var anything = ApplicationPath.lend(connection)) {
                    assertThat(ask(connection)).isEqualTo(7);
                }
                assertThatThrownBy(() -> ask(connection)).hasMessageContaining("non-system view");
            }
            assertThat(ask(connection)).isEqualTo(7);
        }
    }

    @Test
    void rows_that_are_written_into_documents_come_from_tables_and_conditions_may_ask_views() throws Exception {
        try (var database = filled();
                Connection connection = connector.open(database.target(), "test");
                RowSession session = RowSession.looking(connection)) {
            database.execute("CREATE VIEW public.v AS SELECT 7");
            session.withExactFormat(() -> asksAViewOnlyInConditions(connection));
        }
    }

    private static void asksAViewOnlyInConditions(Connection connection) {
        try {
            var point = connection.setSavepoint();
            assertThatThrownBy(() -> ask(connection)).hasMessageContaining("non-system view");
            connection.rollback(point);
            try (var lent = ApplicationPath.afterTheSystem(connection)) {
                assertThat(ask(connection)).isEqualTo(7);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_users_own_question_about_migrations_may_still_be_about_a_view() throws Exception {
        try (var database = filled()) {
            database.execute("CREATE VIEW public.v AS SELECT 7 AS n, 'V7' AS head");
            try (Snapshot snapshot = Snapshot.take(connector, database.target(), "test")) {
                var found = MigrationHistory.readAll(snapshot.connection(), Optional.of("SELECT * FROM public.v"));
                assertThat(found.getFirst().head()).contains("V7");
                assertThatThrownBy(() -> ask(snapshot.connection())).hasMessageContaining("non-system view");
            }
        }
    }

    private static int ask(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT * FROM public.v")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static TestDatabase filled() {
        return filled(PostgresServers.any());
    }

    private static TestDatabase filled(TestServer server) {
        TestDatabase database = server.database();
        database.execute(FUNCTION);
        return database;
    }
}
