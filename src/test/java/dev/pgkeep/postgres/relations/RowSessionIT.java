package dev.pgkeep.postgres.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which format values are written, and when. */
@Timeout(60)
final class RowSessionIT {
    private static final String EXACT = "1 day 02:00:00";
    private static final String USUAL = "1 2:00:00";

    private TestDatabase database;
    private Connection connection;
    private RowSession session;

    @BeforeEach
    void a_database_with_a_style_of_its_own() throws SQLException {
        database = PostgresServers.any().database();
        database.execute("ALTER DATABASE \"" + database.name() + "\" SET IntervalStyle = sql_standard");
        connection = new Connector().open(database.target(), "pgkeep");
        session = RowSession.looking(connection);
    }

    @AfterEach
    void gone() throws Exception {
        session.close();
        connection.close();
        database.close();
    }

    @Test
    void values_are_exact_while_that_is_asked_for_and_afterwards_as_the_database_has_them() {
        assertThat(session.withExactFormat(this::span)).isEqualTo(EXACT);
        assertThat(span()).isEqualTo(USUAL);
    }

    @Test
    void what_is_exact_within_something_exact_does_not_end_it() {
        session.withExactFormat(() -> {
            session.withExactFormat(() -> assertThat(span()).isEqualTo(EXACT));
            assertThat(span()).isEqualTo(EXACT);
        });
        assertThat(span()).isEqualTo(USUAL);
    }

    @Test
    void the_next_transaction_has_values_as_the_one_before() {
        session.withUsualFormat();
        session.next();
        assertThat(span()).isEqualTo(USUAL);
        assertThat(session.withExactFormat(this::span)).isEqualTo(EXACT);
    }

    @Test
    void a_failure_is_told_as_it_is_and_what_comes_after_a_savepoint_is_exact_again() throws SQLException {
        var point = connection.setSavepoint();
        assertThatThrownBy(() -> session.withExactFormat(() -> session.execute("SELECT 1/0", "dividing")))
                .hasMessageContaining("division by zero");
        connection.rollback(point);
        session.withUsualFormat();
        assertThat(session.withExactFormat(this::span)).isEqualTo(EXACT);
    }

    private String span() {
        List<String> spans = new ArrayList<>();
        session.query("SELECT '1 day 2 hours'::interval::text", "asking", row -> spans.add(row.getString(1)));
        return spans.getFirst();
    }
}
