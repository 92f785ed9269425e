package dev.pgkeep.postgres.catalog;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Manifest.ExtensionVersion;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks the catalogs of the connected server and database. Every method is one or two quick queries, works inside and
 * outside a transaction, and throws {@link PgkeepException} when the connection or a right is missing.
 */
public final class Catalog {
    private final Connection connection;

    public Catalog(Connection connection) {
        this.connection = connection;
    }

    public ServerInfo server() {
        return SqlResource.of(Catalog.class, "server", "asking the server who it is")
                .rows(connection, this::serverInfo)
                .getFirst();
    }

    /** Properties of any database of the server; empty when there is none of that name. */
    public Optional<DatabaseProperties> properties(String database) {
        return PropertiesReader.read(connection, database);
    }

    /** Bytes of the connected database on the server, indexes included; 0 where the role may not know. */
    public long databaseBytes() {
        return SqlResource.of(Catalog.class, "database-bytes", "asking for the size of the database")
                .rows(connection, row -> row.getLong(1))
                .getFirst();
    }

    /** Tables, partitions, foreign tables and materialised views of all schemas but the system's, ordered by name. */
    public List<TableInfo> tables() {
        return SqlResource.of(Catalog.class, "tables", "listing the tables").rows(connection, Catalog::tableInfo);
    }

    /** The tables that cannot be made where another one is missing. */
    public List<TableDependency> dependencies() {
        return SqlResource.of(Catalog.class, "table-dependencies", "looking which tables need each other")
                .rows(
                        connection,
                        row -> new TableDependency(
                                new TableName(row.getString(1), row.getString(2)),
                                row.getBoolean(3),
                                row.getString(4),
                                new TableName(row.getString(5), row.getString(6)),
                                row.getBoolean(7)));
    }

    public List<ExtensionVersion> extensions() {
        return SqlResource.of(Catalog.class, "extensions", "listing the extensions")
                .rows(connection, row -> new ExtensionVersion(row.getString(1), row.getString(2), row.getString(3)));
    }

    /** Objects that only an administrator could make again, and the connected role could not: {@code CAST (a AS b)}. */
    public List<String> administratorsObjects() {
        return SqlResource.of(
                        Catalog.class, "administrators-objects", "looking for what only an administrator can make")
                .rows(connection, row -> row.getString(1));
    }

    /** Names of the extensions that could be created on this server. */
    public Set<String> availableExtensions() {
        return names("available-extensions");
    }

    /** Roles that own something in the connected database or were granted something there; system roles left out. */
    public Set<String> referencedRoles() {
        return names("referenced-roles");
    }

    /** The roles of the server. */
    public Set<String> roles() {
        return names("roles");
    }

    /** Tablespaces that the connected database uses. */
    public Set<String> usedTablespaces() {
        return names("used-tablespaces");
    }

    /** The tablespaces of the server that this role can use. */
    public Set<String> tablespaces() {
        return names("tablespaces");
    }

    /** The connections of others to a database; oldest first. */
    public List<ConnectionInUse> connections(String database) {
        return SqlResource.of(Catalog.class, "connections", "looking who is connected")
                .rows(
                        connection,
                        row -> new ConnectionInUse(
                                row.getInt(1),
                                Optional.ofNullable(row.getString(2)),
                                row.getString(3),
                                row.getString(4),
                                Optional.ofNullable(row.getString(5)),
                                row.getObject(6, OffsetDateTime.class).toInstant()),
                        database);
    }

    /** The number of sessions more that this role may open in this database right now. */
    public int freeConnections() {
        return SqlResource.of(Catalog.class, "free-connections", "asking how many connections are free")
                .rows(connection, row -> row.getInt(1))
                .getFirst();
    }

    /** Everybody who is connected to a database, this session left out, by the number that outlives a renaming. */
    public List<DatabaseSession> sessions(long databaseOid) {
        return SqlResource.of(Catalog.class, "database-sessions", "looking who is connected")
                .rows(
                        connection,
                        row -> new DatabaseSession(
                                row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.getBoolean(5)),
                        Long.toString(databaseOid));
    }

    /** Databases whose names fit a regular expression, with their comments. */
    public List<CommentedDatabase> commentedDatabases(String namePattern) {
        return SqlResource.of(Catalog.class, "commented-databases", "looking at the databases of the server")
                .rows(
                        connection,
                        row -> new CommentedDatabase(
                                row.getString(1),
                                row.getLong(2),
                                Optional.ofNullable(row.getString(3)),
                                row.getLong(4),
                                row.getBoolean(5),
                                row.getBoolean(6),
                                row.getInt(7)),
                        "^" + namePattern + "$");
    }

    /** Whether the server has databases whose whole names fit a pattern. */
    public boolean hasDatabases(String namePattern) {
        return SqlResource.of(Catalog.class, "has-databases", "looking at the databases of the server")
                .rows(connection, row -> row.getBoolean(1), "^" + namePattern + "$")
                .getFirst();
    }

    /** Every database of the server, templates too. Table counts need a connection to each: see {@link #tables()}. */
    public List<DatabaseInfo> databases() {
        return SqlResource.of(Catalog.class, "databases", "listing the databases")
                .rows(
                        connection,
                        row -> new DatabaseInfo(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getBoolean(8),
                                row.getBoolean(9),
                                row.getInt(6),
                                row.getBoolean(7)));
    }

    private Set<String> names(String file) {
        return new TreeSet<>(SqlResource.of(Catalog.class, file, "listing " + file.replace('-', ' '))
                .rows(connection, row -> row.getString(1)));
    }

    private ServerInfo serverInfo(ResultSet row) throws SQLException {
        return new ServerInfo(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getBoolean(9) ? systemIdentifier() : Optional.empty(),
                row.getBoolean(4),
                row.getString(5),
                row.getBoolean(6),
                row.getBoolean(6) || row.getBoolean(7),
                row.getBoolean(6) || row.getBoolean(8),
                Optional.ofNullable(row.getString(10)),
                Optional.ofNullable(row.getString(11)));
    }

    private Optional<String> systemIdentifier() {
        return SqlResource.of(Catalog.class, "system-identifier", "asking for the system identifier")
                .rows(connection, row -> row.getString(1))
                .stream()
                .findFirst();
    }

    private static TableInfo tableInfo(ResultSet row) throws SQLException {
        return new TableInfo(
                new TableName(row.getString(1), row.getString(2)),
                TableKind.of(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getString(8),
                Optional.ofNullable(row.getString(9)),
                row.getBoolean(10),
                row.getBoolean(11),
                row.getBoolean(12),
                row.getBoolean(13),
                row.getBoolean(14),
                row.getBoolean(15),
                partitionOf(row),
                row.getBoolean(16));
    }

    private static Optional<TableName> partitionOf(ResultSet row) throws SQLException {
        String name = row.getString(18);
        return name == null ? Optional.empty() : Optional.of(new TableName(row.getString(17), name));
    }
}
