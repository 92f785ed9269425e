package dev.pgkeep.postgres.copy;

import dev.pgkeep.postgres.connect.SqlErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** One of the {@code .sql} files of this package. */
record CopyQuery(String text, String during) {
    /**
     * @param file name of the file, without its ending
     * @param during what it is for, for error messages
     */
    static CopyQuery of(String file, String during) {
        try (InputStream in = CopyQuery.class.getResourceAsStream(file + ".sql")) {
            byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
            return new CopyQuery(new String(bytes, StandardCharsets.UTF_8), during);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void each(Connection connection, Row row) {
        try (var statement = connection.createStatement();
                ResultSet results = statement.executeQuery(text)) {
            while (results.next()) {
                row.read(results);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, during);
        }
    }

    /** Takes the current row. */
    @FunctionalInterface
    interface Row {
        void read(ResultSet results) throws SQLException;
    }
}
