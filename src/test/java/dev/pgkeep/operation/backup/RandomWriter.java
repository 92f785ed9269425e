package dev.pgkeep.operation.backup;

import dev.pgkeep.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A session that does to tables whatever sessions do, at random; what others stand in the way of is let be. */
final class RandomWriter implements Runnable {
    static final String TABLES = """
            CREATE TABLE narrow (id int PRIMARY KEY, n int, v text) WITH (fillfactor = 70);
            INSERT INTO narrow SELECT i, i % 7, repeat(md5(i::text), 6) FROM generate_series(1, 20000) i;
            CREATE TABLE wide (id int PRIMARY KEY, n int, v text);
            ALTER TABLE wide ALTER v SET STORAGE EXTERNAL;
            INSERT INTO wide SELECT i, i, repeat(md5(i::text), 80 + i % 40) FROM generate_series(1, 300) i;
            CREATE TABLE texts (id int PRIMARY KEY, n int, v text, q tsquery, m money);
            INSERT INTO texts SELECT i, i, repeat(md5(i::text), 5), 'a & b', i FROM generate_series(1, 3000) i;
            CREATE TABLE hot (id int PRIMARY KEY, n int, v text) WITH (fillfactor = 30);
            INSERT INTO hot SELECT i, i, 'v' || i FROM generate_series(1, 12000) i;
            CREATE TABLE bare ();
            INSERT INTO bare SELECT FROM generate_series(1, 3000);
            CREATE TABLE parts (id int, n int, v text) PARTITION BY RANGE (id);
            CREATE TABLE parts_a PARTITION OF parts FOR VALUES FROM (0) TO (1000);
            CREATE TABLE parts_b PARTITION OF parts FOR VALUES FROM (1000) TO (2000);
            CREATE TABLE parts_c PARTITION OF parts DEFAULT;
            INSERT INTO parts SELECT i, i, repeat(md5(i::text), 8) FROM generate_series(1, 2500) i""";

    private static final List<String> NAMES = List.of("narrow", "narrow", "wide", "texts", "hot", "parts");
    private static final int STEPS = 24;

    private final TestDatabase database;
    private final Random random;
    private final Semaphore steps;
    private final Map<String, Integer> done;
    private volatile boolean stopped;
    private @Nullable Connection held;
    private int prepared;

    /**
     * @param seed of its choices
     * @param steps one for each that it may take
     * @param done counts what was done, by the first word
     */
    RandomWriter(TestDatabase database, long seed, Semaphore steps, Map<String, Integer> done) {
        this.database = database;
        this.random = new Random(seed);
        this.steps = steps;
        this.done = done;
    }

    static Map<String, Integer> counts() {
        return new ConcurrentHashMap<>();
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "SET lock_timeout = '300ms'; SET statement_timeout = '5s'; SET deadlock_timeout = '50ms'");
                statement.execute("SET synchronous_commit = " + (random.nextBoolean() ? "off" : "on"));
                while (!stopped && !statement.isClosed()) {
                    if (steps.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                        step(statement);
                    }
                }
            } catch (SQLException | IllegalStateException e) {
                // The server is being started again.
                sleep();
            } catch (InterruptedException e) {
                return;
            }
        }
        release("COMMIT");
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(Statement statement) {
        String kind = "";
        try {
            int choice = random.nextInt(STEPS);
            kind = kind(choice);
            run(choice, statement);
            done.merge(kind, 1, Integer::sum);
        } catch (SQLException e) {
            done.merge(kind + " (not)", 1, Integer::sum);
            try {
                statement.execute("ROLLBACK");
            } catch (SQLException gone) {
                throw new IllegalStateException(gone);
            }
        }
    }

    private static String kind(int choice) {
        return List.of(
                        "insert",
                        "insert",
                        "update",
                        "update",
                        "update",
                        "update",
                        "delete",
                        "delete",
                        "savepoint",
                        "savepoint",
                        "lock",
                        "prepare",
                        "prepare",
                        "vacuum",
                        "freeze",
                        "long",
                        "long",
                        "conflict",
                        "scattered",
                        "same",
                        "order",
                        "ddl",
                        "move",
                        "bare")
                .get(choice);
    }

    private void run(int choice, Statement statement) throws SQLException {
        String table = NAMES.get(random.nextInt(NAMES.size()));
        switch (kind(choice)) {
            case "insert" -> statement.execute(insert(table, ""));
            case "update" -> statement.execute(update(table));
            case "delete" -> statement.execute("DELETE FROM " + table + " WHERE " + few());
            case "savepoint" ->
                statement.execute("BEGIN; " + update(table) + "; SAVEPOINT s; DELETE FROM " + table
                        + " WHERE " + few() + "; " + insert(table, "") + "; ROLLBACK TO s; " + update(table)
                        + "; SAVEPOINT t; " + update(table) + "; RELEASE t; "
                        + (random.nextInt(3) > 0 ? "COMMIT" : "ROLLBACK"));
            case "lock" ->
                statement.execute("BEGIN; SELECT 1 FROM " + table + " WHERE " + few() + " FOR "
                        + List.of("UPDATE", "SHARE", "KEY SHARE", "NO KEY UPDATE")
                                .get(random.nextInt(4)) + "; COMMIT");
            case "prepare" -> twoPhases(statement, table);
            case "vacuum" -> statement.execute("VACUUM " + table);
            case "freeze" -> statement.execute("VACUUM (FREEZE) " + table);
            case "long" -> holdOrRelease(table);
            case "conflict" ->
                statement.execute(insert(
                        "narrow",
                        random.nextBoolean()
                                ? " ON CONFLICT (id) DO UPDATE SET n = narrow.n + 1"
                                : " ON CONFLICT DO NOTHING"));
            case "scattered" ->
                statement.execute("UPDATE " + table + " SET n = n + 1 WHERE id % 211 = " + random.nextInt(211));
            case "same" -> statement.execute("UPDATE " + table + " SET n = n WHERE " + few());
            case "order" ->
                statement.execute("WITH d AS (DELETE FROM " + table + " WHERE " + few() + " RETURNING *) INSERT INTO "
                        + table + " SELECT * FROM d ORDER BY id DESC");
            case "ddl" -> ddl(statement, table);
            case "move" -> statement.execute("UPDATE parts SET id = id + 700 WHERE " + few());
            default ->
                statement.execute(
                        random.nextBoolean()
                                ? "INSERT INTO bare SELECT FROM generate_series(1, 20)"
                                : "DELETE FROM bare WHERE ctid IN (SELECT ctid FROM bare TABLESAMPLE SYSTEM (10) LIMIT 15)");
        }
    }

    private String few() {
        int from = random.nextInt(random.nextBoolean() ? 3000 : 20000);
        return "id BETWEEN " + from + " AND " + (from + random.nextInt(40));
    }

    private String insert(String table, String conflict) {
        int from = random.nextInt(22000);
        String unique = conflict.isEmpty() && !table.equals("parts") ? " ON CONFLICT DO NOTHING" : conflict;
        return "INSERT INTO " + table + " (id, n, v) SELECT i, " + random.nextInt(99) + ", repeat(md5(i::text), "
                + (table.equals("wide") ? 90 : 6) + ") FROM generate_series(" + from + ", "
                + (from + random.nextInt(30)) + ") i" + unique;
    }

    private String update(String table) {
        String what = random.nextInt(3) == 0 ? "v = md5(v) || v" : "n = n + 1";
        return "UPDATE " + table + " SET "
                + (table.equals("wide") ? "n = n + 1" : what.replace("md5(v) || v", "repeat(md5(v), 6)")) + " WHERE "
                + few();
    }

    private void twoPhases(Statement statement, String table) throws SQLException {
        String waiting = null;
        try (ResultSet row =
                statement.executeQuery("SELECT gid FROM pg_prepared_xacts WHERE database = current_database()"
                        + " ORDER BY random() LIMIT 1")) {
            waiting = row.next() ? row.getString(1) : null;
        }
        if (waiting != null) {
            statement.execute((random.nextBoolean() ? "COMMIT" : "ROLLBACK") + " PREPARED '" + waiting + "'");
        } else {
            statement.execute("BEGIN; " + update(table) + "; DELETE FROM " + table + " WHERE " + few()
                    + "; PREPARE TRANSACTION '" + random.nextLong() + "." + prepared++ + "'");
        }
    }

    /** A transaction that goes on while backups are made. */
    private void holdOrRelease(String table) throws SQLException {
        if (held != null) {
            if (random.nextInt(3) == 0) {
                release(random.nextBoolean() ? "COMMIT" : "ROLLBACK");
            }
            return;
        }
        Connection connection = database.connect();
        held = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '300ms'; SET idle_in_transaction_session_timeout = '20s'");
            statement.execute("BEGIN; " + update(table) + "; SAVEPOINT s; " + insert(table, "") + "; DELETE FROM "
                    + table + " WHERE " + few());
        } catch (SQLException e) {
            release("ROLLBACK");
            throw e;
        }
    }

    private void release(String end) {
        try (Connection connection = held) {
            held = null;
            if (connection != null) {
                connection.createStatement().execute(end);
            }
        } catch (SQLException e) {
            // It is over either way.
        }
    }

    private void ddl(Statement statement, String table) throws SQLException {
        if (random.nextInt(4) > 0) {
            statement.execute("ANALYZE " + table);
            return;
        }
        String plain = table.equals("parts") ? "parts_b" : table;
        statement.execute(
                switch (random.nextInt(7)) {
                    case 0 -> "VACUUM FULL " + plain;
                    case 1 -> "CLUSTER narrow USING narrow_pkey";
                    case 2 -> "ALTER TABLE hot ADD extra int DEFAULT " + random.nextInt(99);
                    case 3 -> "ALTER TABLE hot DROP extra";
                    case 4 ->
                        "BEGIN; ALTER TABLE parts DETACH PARTITION parts_b; UPDATE parts_b SET n = n + 1 WHERE " + few()
                                + "; ALTER TABLE parts ATTACH PARTITION parts_b FOR VALUES FROM (1000) TO (2000); COMMIT";
                    case 5 ->
                        "BEGIN; CREATE TABLE copy AS SELECT * FROM wide; TRUNCATE wide; INSERT INTO wide SELECT * FROM copy"
                                + " ORDER BY random(); DROP TABLE copy; COMMIT";
                    default -> "BEGIN; ALTER TABLE narrow RENAME TO other; ALTER TABLE other RENAME TO narrow; COMMIT";
                });
    }
}
