package dev.pgkeep.postgres.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;

/** A condition runs code of others only where it names it with its schema. */
@Timeout(120)
final class ConditionIT {
    private static final String SCHEMA = """
            create function called() returns bool language plpgsql as $$begin raise 'called'; end$$;
            create function same(varchar, varchar) returns bool language sql as 'select $1::text = $2::text';
            create operator = (leftarg = varchar, rightarg = varchar, function = same);
            create type mood as enum ('good', 'bad');
            create function words(mood) returns text language sql immutable as $$select 'good'$$;
            create cast (mood as text) with function words(mood) as implicit;
            create domain checked as int check (called() or value > 0);
            create table t (id int primary key, name varchar(20), mood mood);
            insert into t values (1, 'one', 'good'), (2, 'two', 'bad');
            create view v as select id from t where called();
            create view harmless as select id from t where id > 1;
            """;

    private static final List<String> REFUSED = List.of(
            "name = 'one'",
            "same(name, 'one')",
            "mood like 'g%'",
            "mood::text || '' > 'a'",
            "id in (select id from v)",
            "id in (select id from public.v)",
            "id::checked > 1",
            "to_json(mood) is null");

    private static final List<String> TAKEN = List.of(
            "id = 1",
            "id < 2 and length(name) > 1",
            "name OPERATOR(public.=) 'one'",
            "name OPERATOR(pg_catalog.=) 'one'",
            "name like 'o%'",
            "public.same(name, 'one')",
            "id in (select id from t where id = 1) and id not in (select id from harmless)");

    @EachServerVersion(usuallyEnds = true)
    void a_superuser_runs_only_what_he_names(TestServer server) throws SQLException {
        try (TestDatabase database = database(server)) {
            database.execute(
                    "create function public.jsons(mood) returns json language sql immutable as $$select '1'::json$$;"
                            + " alter function public.jsons(mood) owner to " + owner(database)
                            + "; create cast (mood as json) with function public.jsons(mood)");
            for (String condition : REFUSED) {
                assertThatThrownBy(() -> found(database.target(), condition))
                        .as(condition)
                        .isInstanceOfSatisfying(PgkeepException.class, refused -> {
                            assertThat(refused.code()).as(refused.getMessage()).isEqualTo(ErrorCode.REFUSED);
                            assertThat(refused.getMessage())
                                    .contains("would call", "code of the role " + owner(database));
                            assertThat(refused.hint()).contains("connect as " + owner(database));
                        });
            }
            for (String condition : TAKEN) {
                assertThat(found(database.target(), condition)).as(condition).isEqualTo(1);
            }
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void the_owner_runs_what_is_his(TestServer server) throws SQLException {
        try (TestDatabase database = database(server)) {
            Target own = TargetReader.read(
                            database.url().replaceFirst("//[^@]*@", "//" + owner(database) + ":secret@"),
                            Map.of(),
                            Path.of("no-home"),
                            "test")
                    .target();
            for (String condition : TAKEN) {
                assertThat(found(own, condition)).as(condition).isEqualTo(1);
            }
            assertThat(found(own, "name = 'one'")).isEqualTo(1);
            assertThat(found(own, "mood like 'g%'")).isEqualTo(2);
            assertThatThrownBy(() -> found(own, "id in (select id from v)")).hasMessageContaining("called");
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void values_are_held_as_types_below_their_domains(TestServer server) throws SQLException {
        try (TestDatabase database = database(server)) {
            database.execute(
                    "create domain short as varchar(10); create domain shorter as short check (length(value) < 5);"
                            + " create type pair as (a shorter, b int); create type plain as (a int)");
            try (Connection connection = new Connector().open(database.target(), "pgkeep")) {
                assertThat(HeldType.of(
                                connection,
                                List.of(
                                        "integer",
                                        "numeric(10,2)",
                                        "public.checked",
                                        "public.shorter",
                                        "public.checked[]",
                                        "public.pair",
                                        "public.pair[]",
                                        "public.plain",
                                        "public.mood")))
                        .containsExactly(
                                new HeldType("integer", false),
                                new HeldType("numeric(10,2)", false),
                                new HeldType("integer", false),
                                new HeldType("character varying(10)", false),
                                new HeldType("integer[]", false),
                                new HeldType("text", true),
                                new HeldType("text", true),
                                new HeldType("public.plain", false),
                                new HeldType("public.mood", false));
            }
        }
    }

    private static long found(Target target, String condition) throws SQLException {
        try (Connection connection = new Connector().open(target, "pgkeep");
                RowSession session = RowSession.looking(connection)) {
            Relations relations = RelationCatalog.read(connection);
            ForeignKeyClosure closure = ForeignKeyClosure.only(
                    session,
                    relations,
                    List.of(new Seed(relations.named("t"), condition, "--where")),
                    new Cancellation());
            return closure.found().values().stream().mapToLong(RowsFound::count).sum();
        }
    }

    private static String owner(TestDatabase database) {
        return database.name() + "_owner";
    }

    private static TestDatabase database(TestServer server) {
        TestDatabase database = server.database("condition");
        server.execute("create role " + owner(database) + " login password 'secret'; alter database " + database.name()
                + " owner to " + owner(database));
        database.execute(
                "alter schema public owner to " + owner(database) + "; set role " + owner(database) + ";" + SCHEMA);
        return database;
    }
}
