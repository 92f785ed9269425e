package dev.pgkeep.postgres.catalog;

import dev.pgkeep.postgres.connect.SqlErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One of the {@code .sql} files of this package. */
record Query(String text, String during) {
    /**
     * @param file name of the file, without its ending
     * @param during what it is for, for error messages
     */
    static Query of(String file, String during) {
        try (InputStream in = Query.class.getResourceAsStream(file + ".sql")) {
            byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
            return new Query(new String(bytes, StandardCharsets.UTF_8), during);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T> List<T> rows(Connection connection, Row<T> row, String... parameters) {
        try (var statement = connection.prepareStatement(text)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            var found = new ArrayList<T>();
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    found.add(row.read(results));
                }
            }
            return found;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, during);
        }
    }

    static Instant instant(ResultSet results, int column) throws SQLException {
        return results.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet results) throws SQLException;
    }
}
