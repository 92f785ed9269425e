package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.PlainRole;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happened to the rows of a database, a delta takes it back to just what the backup holds. */
final class DeltaRestoreIT {
    @TempDir
    Path folder;

    private TakenBack made(String schema) {
        return made(PostgresServers.any(), schema);
    }

    private TakenBack made(TestServer server, String schema) {
        TakenBack made = TakenBack.of(server.database("delta"), folder);
        made.database().execute(schema);
        return made;
    }

    @EachServerVersion(usuallyEnds = true)
    void rows_that_were_changed_go_and_come_back(TestServer server) {
        try (TakenBack shop = made(server, """
                create table items (id int primary key, t text);
                insert into items select n, repeat(md5(n::text), 4) from generate_series(1, 20000) n;
                create table emptied as select n as id from generate_series(1, 5000) n;
                create table cut as select n as id from generate_series(1, 5000) n;
                create table rewritten as select n as id from generate_series(1, 5000) n;
                create table shorter as select n as id, repeat('x', 100) as x from generate_series(1, 20000) n;
                create table grown as select n as id, repeat('x', 100) as x from generate_series(1, 20) n;
                create table filled (id int);
                create table twice as select 1 + n % 3 as id from generate_series(1, 3000) n;
                create table nothing ();
                insert into nothing default values;
                insert into nothing default values;
                insert into nothing default values;
                create unlogged table forgetful as select n as id from generate_series(1, 100) n;
                create table same as select n as id from generate_series(1, 5000) n;
                create table odd_types as select n as id, 'items'::regclass as r, point(n, n) as p
                from generate_series(1, 100) n;
                create table wide (id int primary key, b bytea);
                alter table wide alter b set storage external;
                insert into wide select n, convert_to(repeat(md5(n::text), 320000), 'SQL_ASCII')
                from generate_series(1, 3) n;
                insert into wide select n, '\\x00' from generate_series(4, 8) n;
                """)) {
            var back = shop.goesBackFrom("""
                    update items set t = 'changed' where id % 7 = 0;
                    delete from items where id % 5 = 0;
                    insert into items select n, 'new' from generate_series(30000, 30500) n;
                    delete from emptied;
                    truncate cut;
                    vacuum full rewritten;
                    update rewritten set id = -id where id % 10 = 0;
                    delete from shorter where id > 400;
                    vacuum shorter;
                    insert into grown select n, repeat('y', 100) from generate_series(1, 30000) n;
                    insert into filled values (1), (2);
                    delete from twice where ctid in (select ctid from twice where id = 1 limit 500);
                    insert into twice select 2 from generate_series(1, 200);
                    delete from nothing where ctid = '(0,2)';
                    insert into nothing default values;
                    insert into nothing default values;
                    update forgetful set id = -id;
                    update odd_types set p = null where id = 5;
                    update wide set b = '\\x01' where id in (1, 5);
                    delete from wide where id in (3, 6);
                    """);
            assertThat(back.output()).contains("replace only what differs");
        }
    }

    @Test
    void places_that_others_took_since_are_told_apart() {
        try (TakenBack shop = made("""
                create table t (id int, x text) with (autovacuum_enabled = off);
                insert into t select n, 'x' || n from generate_series(1, 10000) n;
                """)) {
            var before = shop.whole();
            String backup = shop.backup();
            for (int round = 0; round < 3; round++) {
                shop.change("""
                        delete from t where id %% 11 = %1$d;
                        vacuum t;
                        insert into t select id + 1, x from t where id %% 13 = 0 limit 500;
                        vacuum freeze t;
                        update t set x = x || '!' where id %% 17 = %1$d;
                        """.formatted(round));
                shop.back(backup, before);
                shop.back(backup, before);
            }
            // A backup that was made of some of these states as a patch of the first is as good a source.
            shop.change("update t set x = 'patched' where id % 100 = 0;\ndelete from t where id % 250 = 0");
            var patched = shop.whole();
            String later = shop.backup();
            shop.change("update t set x = 'again' where id % 150 = 0;\ndelete from t where id % 99 = 0");
            shop.back(later, patched);
            shop.back(backup, before);
            shop.back(later, patched);
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void constraints_and_triggers_rest_and_are_as_before(TestServer server) {
        try (TakenBack shop = made(server, HostileTables.SQL)) {
            shop.goesBackFrom(HostileTables.CHANGES);
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void so_it_is_for_a_role_that_only_owns_the_tables(TestServer server) throws SQLException {
        TestDatabase database = server.database("delta");
        try (PlainRole role = PlainRole.owning(database, "")) {
            role.execute("alter database " + database.name() + " set timezone to utc");
            if (server.major() >= 15) {
                database.execute("grant all on schema public to " + role.name());
            }
            role.execute(HostileTables.SQL);
            TakenBack shop = TakenBack.as(role.url(), database, folder);
            shop.goesBackFrom(HostileTables.CHANGES);
        }
    }
}
