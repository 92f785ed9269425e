package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.PgkeepException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A query in a {@code .sql} file that lies beside a class.
 *
 * @param text the file's content
 * @param during what it is for, for error messages
 */
public record SqlResource(String text, String during) {
    /** Takes the current row. */
    @FunctionalInterface
    public interface RowConsumer {
        void take(ResultSet row) throws SQLException;
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Reads a file as a query.
     *
     * @param beside a class of the package in which the file lies
     * @param file its name, without its ending
     * @param during what it is for, for error messages
     */
    public static SqlResource of(Class<?> beside, String file, String during) {
        return new SqlResource(text(beside, file), during);
    }

    /**
     * The content of a file.
     *
     * @param beside a class of the package in which the file lies
     * @param file its name, without its ending
     */
    public static String text(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file + ".sql")) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The rows of the result as the reader makes them, in their order.
     *
     * @param parameters texts for the question marks of the query
     * @throws PgkeepException what the server said
     */
    public <T> List<T> rows(Connection connection, RowReader<T> reader, String... parameters) {
        try (var statement = connection.prepareStatement(text)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            var found = new ArrayList<T>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(reader.read(row));
                }
            }
            return found;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, during);
        }
    }

    /**
     * Hands on each row of the result. The query goes to the server as it is, question marks and braces included.
     *
     * @throws PgkeepException what the server said
     */
    public void each(Connection connection, RowConsumer consumer) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(text)) {
                while (row.next()) {
                    consumer.take(row);
                }
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, during);
        }
    }
}
