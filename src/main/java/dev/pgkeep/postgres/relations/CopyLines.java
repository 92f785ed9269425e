package dev.pgkeep.postgres.relations;

import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.relations.RowSession.Line;
import dev.pgkeep.postgres.relations.RowSession.Lines;
import dev.pgkeep.postgres.relations.RowSession.Source;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** Rows as lines of COPY, out of a connection and into it. A copy that does not come to its end is cancelled. */
final class CopyLines {
    private static final byte[] LINE_END = {'\n'};

    private final Connection connection;

    CopyLines(Connection connection) {
        this.connection = connection;
    }

    /** The content of a copy. */
    @FunctionalInterface
    private interface Content {
        void write(CopyIn copy) throws SQLException;
    }

    void out(String query, String during, Line taker) {
        try {
            CopyOut copy = api().copyOut("COPY (" + query + ") TO STDOUT");
            try {
                for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
                    taker.take(line, line.length - 1);
                }
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, during);
        }
    }

    /** Lines with their ends. */
    long lines(String into, String during, Lines lines) {
        return in(into, during, copy -> {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                copy.writeToCopy(line, 0, line.length);
            }
        });
    }

    /** Lines without their ends. */
    long given(String into, String during, Source giver) {
        return in(
                into,
                during,
                copy -> giver.give((line, length) -> {
                    try {
                        copy.writeToCopy(line, 0, length);
                        copy.writeToCopy(LINE_END, 0, 1);
                    } catch (SQLException e) {
                        throw SqlErrors.translate(e, during);
                    }
                }));
    }

    private long in(String into, String during, Content content) {
        try {
            CopyIn copy = api().copyIn("COPY " + into + " FROM STDIN");
            try {
                content.write(copy);
                return copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, during);
        }
    }

    private CopyManager api() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
