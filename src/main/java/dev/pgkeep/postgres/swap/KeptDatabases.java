package dev.pgkeep.postgres.swap;

import dev.pgkeep.postgres.admin.KeptDatabaseName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.CommentedDatabase;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The kept databases of a server. A database that only has such a name, without the note, is nobody's business. */
public final class KeptDatabases {
    private final Connection connection;

    /** @param connection to any database of the server that is not to be dropped */
    public KeptDatabases(Connection connection) {
        this.connection = connection;
    }

    /** The kept databases, the newest first. */
    public List<KeptDatabase> all() {
        return new Catalog(connection)
                .commentedDatabases(KeptDatabaseName.PATTERN).stream()
                        .flatMap(each -> kept(each).stream())
                        .sorted(Comparator.comparing(
                                        (KeptDatabase each) -> each.note().since())
                                .reversed())
                        .toList();
    }

    /** The kept databases that had this name, the newest first. */
    public List<KeptDatabase> of(String database) {
        return all().stream()
                .filter(each -> each.note().database().equals(database))
                .toList();
    }

    public Optional<KeptDatabase> named(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Drops one in which nobody is.
     *
     * @throws dev.pgkeep.base.error.PgkeepException LOCK_BUSY when somebody is connected to it
     */
    public void drop(KeptDatabase kept) {
        if (kept.template()) {
            execute("ALTER DATABASE " + Sql.identifier(kept.name()) + " WITH IS_TEMPLATE false");
        }
        execute("DROP DATABASE " + Sql.identifier(kept.name()));
    }

    /** Gives a database a name under which it is kept, and the note that says so. */
    void keep(String database, String name, KeptDatabaseComment note) {
        String comment = new Databases(connection)
                .find(database)
                .flatMap(CommentedDatabase::comment)
                .orElse(null);
        execute("BEGIN; ALTER DATABASE " + Sql.identifier(database) + " RENAME TO " + Sql.identifier(name)
                + "; COMMENT ON DATABASE " + Sql.identifier(name) + " IS "
                + Sql.literal(note.under(KeptDatabaseComment.original(comment))) + "; COMMIT");
    }

    /** Gives one its name back, which nobody has. */
    public void giveBack(KeptDatabase kept) {
        String name = Sql.identifier(kept.note().database());
        String comment = new Databases(connection)
                .find(kept.name())
                .flatMap(CommentedDatabase::comment)
                .orElse(null);
        String original = KeptDatabaseComment.original(comment);
        execute("BEGIN; ALTER DATABASE " + Sql.identifier(kept.name()) + " RENAME TO " + name + "; COMMENT ON DATABASE "
                + name + " IS " + (original == null ? "NULL" : Sql.literal(original)) + "; COMMIT");
    }

    private static Optional<KeptDatabase> kept(CommentedDatabase database) {
        return KeptDatabaseComment.in(database.comment().orElse(null))
                .map(note -> new KeptDatabase(
                        database.name(),
                        database.oid(),
                        note,
                        database.bytes(),
                        database.ours(),
                        database.template(),
                        database.connections()));
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, sql);
        }
    }
}
