package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** The database that is backed up: a template that is never changed, and a copy of it for each round. */
final class Database {
    static final String TEMPLATE = "shop_template";
    static final String NAME = "shop";
    private static final int FLUSH = 1 << 19;

    private final Server server;
    private final Shop shop;
    private final Words words;
    private final Path scripts;

    Database(Server server, Words words, long lines, Path scripts) {
        this.server = server;
        this.words = words;
        this.scripts = scripts;
        this.shop = new Shop(words, lines);
    }

    /** Orders change while the table grows, so rows do not lie in the order of their keys; the holes fill up again. */
    void create() throws IOException, SQLException {
        server.run("postgres", "CREATE DATABASE " + TEMPLATE);
        server.run(TEMPLATE, Files.readString(scripts.resolve("schema.sql")));
        for (Shop.Table table : shop.tables().values()) {
            if (table.name().equals("order_items")) {
                long most = table.rows() * 9 / 10;
                copy(TEMPLATE, table, 1, most);
                server.run(
                        TEMPLATE,
                        "UPDATE order_items SET status = 'returned', updated_at = created_at + '9 days' WHERE id % 53 = 7",
                        "VACUUM order_items");
                copy(TEMPLATE, table, most + 1, table.rows());
            } else {
                copy(TEMPLATE, table, 1, table.rows());
            }
        }
        server.run(TEMPLATE, Files.readString(scripts.resolve("indexes.sql")));
        largeObjects();
        server.run(TEMPLATE, "VACUUM (FREEZE, ANALYZE)");
    }

    private void copy(String database, Shop.Table table, long from, long to) throws SQLException, IOException {
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

    /** One that compresses, such as a document, and one that does not, such as a film; 256 kB to 32 MB by size. */
    private void largeObjects() throws SQLException {
        int bytes = Math.clamp(shop.lines() * 2, 1 << 18, 32 << 20);
        byte[] film = new byte[bytes];
        new Dice(5).bytes(film);
        var line = new Line(words);
        line.prose(new Dice(6), bytes / 8);
        for (byte[] content : new byte[][] {film, line.text.toString().getBytes(StandardCharsets.UTF_8)}) {
            try (var connection = server.connect(TEMPLATE);
                    var statement = connection.prepareStatement("SELECT lo_from_bytea(0, ?)")) {
                statement.setBytes(1, content);
                statement.execute();
            }
        }
    }

    /** A fresh copy for the next round; its heap is the same, block by block. */
    void renew() {
        server.drop(NAME);
        server.run("postgres", "CREATE DATABASE " + NAME + " TEMPLATE " + TEMPLATE + strategy());
    }

    private String strategy() {
        return Integer.parseInt(server.version().replaceAll("\\..*", "")) >= 15 ? " STRATEGY file_copy" : "";
    }

    /**
     * One row in a hundred comes on top, in the tables that grow. A row goes where there is room, so some of it goes
     * into old blocks.
     *
     * @return how much of the large table was touched
     */
    String append() throws SQLException, IOException {
        for (String name : new String[] {"orders", "order_items", "payments", "audit_log"}) {
            Shop.Table table = shop.tables().get(name);
            copy(NAME, table, table.rows() + 1, table.rows() + table.rows() / 100 + 3);
        }
        return server.ask(
                NAME,
                "SELECT format('new rows of order_items lie in %s of %s runs of 512 blocks', count(DISTINCT"
                        + " (ctid::text::point)[0]::bigint / 512), pg_relation_size('order_items') / 512"
                        + " / current_setting('block_size')::int + 1) FROM order_items WHERE id > " + shop.lines());
    }

    /** One row in a hundred of the large table changes, anywhere. */
    void update() {
        server.run(
                NAME,
                "UPDATE order_items SET quantity = quantity % 50 + 1, updated_at = '2026-01-05 10:00:00.123456+00'"
                        + " WHERE (hashint8(id) & 2147483647) % 100 = 42");
    }

    /** For instance "order_items 75 % of 1.2 GB". */
    String describe() {
        String heap =
                "(SELECT sum(pg_table_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace)";
        return server.ask(
                TEMPLATE,
                "SELECT format('%s, of which rows %s (order_items %s %%, %s rows) and indexes %s',"
                        + " pg_size_pretty(pg_database_size(current_database())), pg_size_pretty(" + heap + "),"
                        + " round(100.0 * pg_table_size('order_items') / " + heap + "), " + shop.lines() + ","
                        + " pg_size_pretty((SELECT sum(pg_relation_size(oid)) FROM pg_class WHERE relkind = 'i'"
                        + " AND relnamespace = 'public'::regnamespace)))");
    }
}
