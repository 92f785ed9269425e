package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** The database that is backed up: a template that is never changed, and a copy of it for each round. */
final class Database {
    private static final int FLUSH = 1 << 19;
    private static final String USER_TABLES =
            " FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace";

    private final Server server;
    private final Data data;
    private final Words words;
    private final String name;
    private final Path scripts;

    /**
     * Of a server, not yet made.
     *
     * @param name of the copy; the template is called after it
     * @param bench the folder that holds a folder of SQL for each {@link Data}
     */
    Database(Server server, Words words, Data data, String name, Path bench) {
        this.server = server;
        this.words = words;
        this.data = data;
        this.name = name;
        this.scripts = bench.resolve(data.name().word());
    }

    String name() {
        return name;
    }

    String template() {
        return name + "_template";
    }

    Data data() {
        return data;
    }

    /** Rows change while the table grows, so they do not lie in the order of their keys; the holes fill up again. */
    void create() throws IOException, SQLException {
        server.run("postgres", "CREATE DATABASE " + template());
        server.run(template(), Files.readString(scripts.resolve("schema.sql")));
        for (Table table : data.tables().values()) {
            if (table.name().equals(data.large())) {
                long most = table.rows() * 9 / 10;
                copy(template(), table, 1, most);
                server.run(template(), data.churn(), "VACUUM " + table.name());
                copy(template(), table, most + 1, table.rows());
            } else {
                copy(template(), table, 1, table.rows());
            }
        }
        server.run(template(), Files.readString(scripts.resolve("indexes.sql")));
        largeObjects(data.largeObjectBytes());
        server.run(template(), "VACUUM (FREEZE, ANALYZE)");
    }

    private void copy(String database, Table table, long from, long to) throws SQLException, IOException {
        try (var connection = server.connect(database)) {
            var in = server.copying(connection)
                    .getCopyAPI()
                    .copyIn("COPY " + table.name() + table.columns() + " FROM STDIN");
            var line = new Line(words);
            for (long number = from; number <= to; number++) {
                table.maker().row(number, new Dice(table.name().hashCode() * 1_000_003L + number), line);
                line.end();
                if (line.text.length() > FLUSH || number == to) {
                    byte[] bytes = line.text.toString().getBytes(StandardCharsets.UTF_8);
                    in.writeToCopy(bytes, 0, bytes.length);
                    line.text.setLength(0);
                }
            }
            in.endCopy();
        }
    }

    /** One that compresses, such as a document, and one that does not, such as a film. */
    private void largeObjects(int bytes) throws SQLException {
        if (bytes == 0) {
            return;
        }
        byte[] film = new byte[bytes];
        new Dice(5).bytes(film);
        var line = new Line(words);
        line.prose(new Dice(6), bytes / 8);
        for (byte[] content : new byte[][] {film, line.text.toString().getBytes(StandardCharsets.UTF_8)}) {
            try (var connection = server.connect(template());
                    var statement = connection.prepareStatement("SELECT lo_from_bytea(0, ?)")) {
                statement.setBytes(1, content);
                statement.execute();
            }
        }
    }

    /** A fresh copy for the next round; its heap is the same, block by block. */
    void renew() {
        server.drop(name);
        server.run("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template() + strategy());
    }

    private String strategy() {
        return Integer.parseInt(server.version().replaceAll("\\..*", "")) >= 15 ? " STRATEGY file_copy" : "";
    }

    /** Every row of the large table, in one figure. */
    String content() {
        return server.ask(
                name,
                "SELECT count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM " + data.large()
                        + " AS t");
    }

    /** Away with the copy and its template. */
    void remove() {
        server.drop(name);
        server.drop(template());
    }

    /**
     * One row in a hundred comes on top, in the tables that grow. A row goes where there is room, so some of it goes
     * into old blocks.
     *
     * @return how much of the large table was touched
     */
    String append() {
        for (String each : data.growing()) {
            Table table = data.tables().get(each);
            try {
                copy(name, table, table.rows() + 1, table.rows() + table.rows() / 100 + 3);
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
        return server.ask(
                name,
                "SELECT format('new rows of %1$s lie in %%s of %%s runs of 512 blocks', count(DISTINCT"
                                .formatted(data.large())
                        + " (ctid::text::point)[0]::bigint / 512), pg_relation_size('" + data.large() + "') / 512"
                        + " / current_setting('block_size')::int + 1) FROM " + data.large() + " WHERE id > "
                        + data.rows());
    }

    /** One row in a hundred of the large table changes, anywhere. */
    void update() {
        server.run(name, data.update());
    }

    /** One row in a hundred of the large table goes, anywhere. */
    void delete() {
        server.run(name, data.delete());
    }

    /** So many rows of the large table go that lie side by side. */
    void delete(int rows) {
        long before = data.rows() / 2;
        server.run(
                name,
                "DELETE FROM " + data.large() + " WHERE id > " + before + " AND id <= " + (before + rows));
    }

    /** A database that has any is always restored whole. */
    void removeLargeObjects() {
        server.run(name, "SELECT lo_unlink(oid) FROM pg_largeobject_metadata", "VACUUM pg_largeobject");
    }

    /** Every row of a small table changes. */
    void updateHot() {
        server.run(name, data.updateHot());
    }

    /** Bytes of its tables and their indexes, without PostgreSQL's own catalog. */
    long bytes() {
        return Long.parseLong(server.ask(template(), "SELECT sum(pg_total_relation_size(oid))" + USER_TABLES));
    }

    /** For instance "shop, 1.2 GB, of which rows 900 MB (order_items 75 %, …) and indexes 300 MB". */
    String describe() {
        String heap = "(SELECT sum(pg_table_size(oid))" + USER_TABLES + ")";
        return server.ask(
                template(),
                "SELECT format('%s, %s, of which rows %s (%s %s %%, %s rows) and indexes %s', '"
                        + data.name().word() + "', pg_size_pretty(pg_database_size(current_database())),"
                        + " pg_size_pretty(" + heap + "), '" + data.large() + "',"
                        + " round(100.0 * pg_table_size('" + data.large() + "') / " + heap + "), " + data.rows() + ","
                        + " pg_size_pretty((SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relkind = 'i'"
                        + " AND relnamespace = 'public'::regnamespace)))");
    }
}
