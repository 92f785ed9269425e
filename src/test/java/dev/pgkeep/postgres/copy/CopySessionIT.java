package dev.pgkeep.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions see one snapshot, and bytes in them are the database's own. */
final class CopySessionIT {
    private static final TableName STREET = new TableName("Maß \"x\" \\", "Straße");

    /** Of bytes that UTF8 has no place for, or that are another character there. */
    @ParameterizedTest
    @CsvSource({
        "LATIN1, ß, \\xdf80ff5c",
        "WIN1252, ß, \\x8180df",
        "EUC_JP, 日本, \\xc6fccbdc8eb1a9a1",
        "SQL_ASCII, ß日, \\xff80fec3",
        "UTF8, ß日, \\xc39fe697a5"
    })
    void bytes_of_every_encoding_come_back_unconverted(String encoding, String column, String bytes) throws Exception {
        TestServer server = PostgresServers.any();
        try (TestDatabase database = database(server, encoding);
                TestDatabase twin = database(server, encoding)) {
            TableName name = encoding.equals("EUC_JP") ? new TableName("日", "本\\") : STREET;
            String quoted = create(database, name, column);
            create(twin, name, column);
            database.execute(
                    "insert into " + quoted + " select convert_from('" + bytes + "', getdatabaseencoding()), 'sad'");
            try (var reading = Reading.of(database)) {
                assertThat(reading.session().encoding()).isEqualTo(encoding);
                CopyTable table = reading.table(name.name());
                assertThat(table.columnNames()).containsExactly(column, "m");
                List<byte[]> rows = reading.rows(table);
                assertThat(rows).hasSize(1);
                assertThat(reading.write(rows, table, twin, name)).isEqualTo(1);
            }
            assertThat(twin.ask("select convert_to(\"" + column + "\", getdatabaseencoding())::text from " + quoted))
                    .isEqualTo(bytes);
            assertThat(content(twin, name)).isEqualTo(content(database, name));
        }
    }

    @Test
    void rows_of_a_latin_database_can_be_written_into_a_unicode_one() throws Exception {
        TestServer server = PostgresServers.any();
        try (TestDatabase database = database(server, "LATIN1");
                TestDatabase twin = database(server, "UTF8")) {
            String quoted = create(database, STREET, "ß");
            create(twin, STREET, "ß");
            database.execute("insert into " + quoted + " values ('äöü', 'sad')");
            try (var reading = Reading.of(database)) {
                CopyTable table = reading.table(STREET.name());
                reading.write(reading.rows(table), table, twin, STREET);
            }
            assertThat(twin.ask("select \"ß\" from " + quoted)).isEqualTo("äöü");
        }
    }

    @EachServerVersion
    void two_sessions_of_a_snapshot_see_the_same(TestServer server) throws SQLException {
        try (TestDatabase database = server.database("session")) {
            database.execute("create table t (id int); insert into t values (1)");
            database.execute("alter database " + database.name() + " set enable_tidscan = off; alter database "
                    + database.name() + " set intervalstyle = sql_standard");
            try (var reading = Reading.of(database)) {
                database.execute("insert into t values (2)");
                assertThat(reading.rows(reading.table("t"))).hasSize(1);
                try (var own = CopySession.open(Reading.CONNECTOR, database.target(), "test", Optional.empty());
                        var statement = own.connection().createStatement();
                        var row = statement.executeQuery("select count(*), current_setting('transaction_read_only'),"
                                + " current_setting('intervalstyle') from public.t")) {
                    row.next();
                    assertThat(row.getInt(1)).isEqualTo(2);
                    assertThat(row.getString(2)).isEqualTo("on");
                    assertThat(row.getString(3)).isEqualTo("postgres");
                }
            }
        }
    }

    @EachServerVersion
    void only_the_blocks_of_the_range_are_read(TestServer server) throws SQLException {
        try (TestDatabase database = server.database("session")) {
            database.execute("create table t (id int primary key, x text); insert into t select i, 'x' from"
                    + " generate_series(1, 300000) i");
            database.execute("vacuum analyze t");
            try (var reading = Reading.of(database);
                    var statement = reading.session().connection().createStatement()) {
                CopyTable table = reading.table("t");
                for (BlockRange range : Ranges.extents(table)) {
                    var select = new TableSelect(reading.session().connection(), table);
                    String query = select.rows("id", Tids.of(table, range).condition());
                    try (var row = statement.executeQuery("explain " + query)) {
                        row.next();
                        assertThat(row.getString(1)).startsWith("Tid Range Scan");
                    }
                }
            }
        }
    }

    @EachServerVersion
    void a_snapshot_that_does_not_hold_elsewhere_is_explained(TestServer server) {
        try (TestDatabase database = server.database("session")) {
            for (String snapshot : List.of("00000003-00000001-1", "nonsense")) {
                assertThatThrownBy(() ->
                                CopySession.open(Reading.CONNECTOR, database.target(), "test", Optional.of(snapshot)))
                        .isInstanceOfSatisfying(PgkeepException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.SERVER_UNSUPPORTED);
                            assertThat(e.hint()).contains("pooler", "DIRECT_URL");
                        });
            }
        }
    }

    private static TestDatabase database(TestServer server, String encoding) {
        TestDatabase database = server.databaseToBe(server.uniqueName("enc_" + encoding));
        server.execute(
                "create database " + database.name() + " template template0 locale 'C' encoding '" + encoding + "'");
        return database;
    }

    private static String create(TestDatabase database, TableName name, String column) {
        String schema = Sql.identifier(name.schema());
        String quoted = Sql.identifier(name.schema(), name.name());
        database.execute("create type mood as enum ('sad'); create schema " + schema + "; create table " + quoted
                + " (\"" + column + "\" text, m mood)");
        return quoted;
    }

    private static RowHash content(TestDatabase database, TableName name) {
        try (var reading = Reading.of(database)) {
            return reading.content(name.name());
        }
    }
}
