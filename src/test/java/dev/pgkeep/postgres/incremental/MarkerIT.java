package dev.pgkeep.postgres.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Marks in the history of a server. */
final class MarkerIT {
    @Test
    void a_mark_is_known_and_none_that_differs_in_a_single_transaction() throws SQLException {
        try (TestDatabase database = PostgresServers.any().database();
                Connection connection = database.connect()) {
            String mark = Marker.leave(connection);
            assertThat(Marker.isKnown(connection, mark)).isTrue();
            String[] each = mark.split(" ");
            assertThat(each).hasSize(Marker.TRANSACTIONS);
            for (int i = 0; i < each.length; i++) {
                String[] other = each.clone();
                int end = other[i].length() - 1;
                other[i] = other[i].substring(0, end) + (other[i].charAt(end) == '+' ? '-' : '+');
                assertThat(Marker.isKnown(connection, String.join(" ", other))).isFalse();
            }
        }
    }

    @Test
    void nonsense_and_transactions_that_are_yet_to_come_are_no_marks() throws SQLException {
        try (TestDatabase database = PostgresServers.any().database();
                Connection connection = database.connect()) {
            String last = Marker.leave(connection).split(" ")[63].replaceAll("[+-]", "");
            for (String id : List.of(
                    "",
                    "x",
                    "-1",
                    "1.5",
                    "'",
                    "3",
                    "0",
                    Long.toString(Long.parseLong(last) + 1000),
                    "18446744073709551615",
                    "99999999999999999999999999")) {
                for (String fate : List.of("+", "-", "", "?")) {
                    String mark = String.join(" ", Collections.nCopies(Marker.TRANSACTIONS, id + fate));
                    assertThat(Marker.isKnown(connection, mark)).as(mark).isFalse();
                }
            }
            for (String mark : List.of("", " ", last + "+", last + "+ " + last + "-")) {
                assertThat(Marker.isKnown(connection, mark)).as(mark).isFalse();
            }
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void a_session_that_only_reads_leaves_marks_too() throws SQLException {
        try (TestDatabase database = PostgresServers.any().database();
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = on");
            assertThat(Marker.isKnown(connection, Marker.leave(connection))).isTrue();
        }
    }

    @Test
    void two_marks_are_never_the_same() throws SQLException {
        try (TestDatabase database = PostgresServers.any().database();
                Connection connection = database.connect()) {
            String one = Marker.leave(connection).replaceAll("[0-9 ]", "");
            String two = Marker.leave(connection).replaceAll("[0-9 ]", "");
            assertThat(one).hasSize(Marker.TRANSACTIONS).isNotEqualTo(two).contains("+", "-");
        }
    }
}
