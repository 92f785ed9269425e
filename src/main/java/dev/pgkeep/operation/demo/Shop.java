package dev.pgkeep.operation.demo;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.connect.ApplicationPath;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.SqlResource;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shop's database: made, looked at and damaged. A connection is held only while it is used. */
final class Shop {
    static final String NAME = "shop";
    private static final String UNDEFINED_TABLE = "42P01";

    private static final Map<String, String> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("order lines", "SELECT to_char(count(*), 'FM999,999,990') FROM order_items");
        FIGURES.put("revenue of 2025", "SELECT to_char(sum(revenue), 'FM999,999,990.00') FROM revenue_by_month");
        FIGURES.put("orders", "SELECT to_char(count(*), 'FM999,999,990') FROM orders");
        FIGURES.put("payments received", "SELECT to_char(sum(amount), 'FM999,999,990.00') FROM payments");
        FIGURES.put("products that cost nothing", "SELECT count(*) FROM products WHERE price = 0");
        FIGURES.put(
                "customers sharing an e-mail",
                "SELECT to_char(coalesce(sum(n), 0), 'FM999,999,990')"
                        + " FROM (SELECT count(*) AS n FROM customers GROUP BY email HAVING count(*) > 1) AS shared");
    }

    private final Connector connector = new Connector();
    private final Target server;
    private final Cancellation cancellation;

    /** @param server any database of the server */
    Shop(Target server, Cancellation cancellation) {
        this.server = server;
        this.cancellation = cancellation;
    }

    void create() {
        run(server, "making the database", connection -> execute(connection, "CREATE DATABASE " + NAME));
        inside("filling the shop's database", connection -> execute(connection, SqlResource.text(Shop.class, "shop")));
    }

    /** @return the statements, with their comments */
    List<String> damage() {
        String sql = SqlResource.text(Shop.class, "damage");
        inside("damaging the shop's database", connection -> execute(connection, sql));
        return sql.lines().skip(1).dropWhile(String::isBlank).toList();
    }

    Content content() {
        return inside("reading every row", Content::of);
    }

    long bytes() {
        return inside("asking for its size", connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_database_size(current_database())")) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    List<Figure> figures() {
        return inside("looking at the figures", connection -> {
            List<Figure> figures = new ArrayList<>();
            for (var figure : FIGURES.entrySet()) {
                figures.add(new Figure(figure.getKey(), read(connection, figure.getValue())));
            }
            return figures;
        });
    }

    private static Optional<String> read(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return Optional.of(row.getString(1));
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whole scripts go to the server in one piece. */
    private boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var registration = cancellation.onCancel(() -> cancel(statement))) {
            statement.setEscapeProcessing(false);
            return statement.execute(sql);
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException gone) {
            // then there is nothing to cancel
        }
    }

    private <T> T inside(String during, Work<T> work) {
        return run(server.withDatabase(NAME), during, work);
    }

    private <T> T run(Target target, String during, Work<T> work) {
        cancellation.check();
        try (Connection connection = connector.open(target, "pgkeep demo")) {
            ApplicationPath.use(connection);
            return work.on(connection);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, during);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
