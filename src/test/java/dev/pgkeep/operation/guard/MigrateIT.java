package dev.pgkeep.operation.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.guard.Project.State;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.PostgresServers;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real migrations of real tools: they succeed, fail halfway, fail after a commit, and are killed. */
final class MigrateIT {
    private static final String GOOD = """
            alter table orders add column total numeric(10, 2) not null default 0;
            create table refunds (id bigint primary key, order_id bigint references orders);
            insert into refunds select n, n from generate_series(1, 7) n;
            """;
    private static final String BAD = """
            delete from orders where id > 990;
            alter table orders add column broken no_such_type;
            """;
    private static final String HANGING = "delete from orders where id > 900; select pg_sleep(600);";

    @TempDir
    Path folder;

    /** How a migration goes wrong. */
    enum Failure {
        /** The second of two migrations; the first is committed. */
        HALFWAY,
        /** Everything is done, and then the tool fails. */
        AFTER_COMMIT,
        /** Takes too long and is ended. */
        KILLED
    }

    @ParameterizedTest
    @EnumSource(MigrationTool.class)
    void a_migration_is_backed_up_run_and_reported(MigrationTool tool) {
        try (Project project = project(tool)) {
            tool.add(folder, 1, GOOD);

            Finished migrate = project.migrate(tool, "--json");

            assertThat(migrate.status()).as(migrate.output()).isZero();
            assertThat(migrate.stdout().replaceAll("\\s+", " "))
                    .startsWith("{")
                    .contains(
                            "\"outcome\": \"done\"",
                            "\"what\": \"added\", \"kind\": \"table\", \"name\": \"public.refunds\"",
                            "public.orders.total")
                    .contains("\"table\": \"public.refunds\", \"before\": 0, \"after\": 7");
            assertThat(project.backups()).hasSize(1);
            assertThat(project.backups().getFirst().kind().orElseThrow().word()).isEqualTo("pre-migration");
            assertThat(project.database().count("refunds")).isEqualTo(7);
            if (tool == MigrationTool.PSQL) {
                return;
            }
            assertThat(migrate.stdout()).contains("\"pending\": [");

            Finished again = project.migrate(tool);
            assertThat(again.status()).as(again.output()).isZero();
            assertThat(again.stdout()).contains("nothing is pending", "No backup was made");
            assertThat(project.backups()).hasSize(1);

            Finished always = project.migrate(tool, "--always");
            assertThat(always.status()).as(always.output()).isZero();
            assertThat(project.backups()).hasSize(2);
            assertThat(project.database().count("refunds")).isEqualTo(7);
        }
    }

    @Forms(
            value = {"PSQL|KILLED", "FLYWAY|HALFWAY"},
            campaign = {
                "PSQL|HALFWAY",
                "NODE_PG_MIGRATE|HALFWAY",
                "PSQL|AFTER_COMMIT",
                "FLYWAY|AFTER_COMMIT",
                "NODE_PG_MIGRATE|AFTER_COMMIT",
                "FLYWAY|KILLED",
                "NODE_PG_MIGRATE|KILLED"
            })
    void a_failed_migration_that_is_rolled_back_leaves_content_and_schema_as_before(
            MigrationTool tool, Failure failure) {
        try (Project project = project(tool)) {
            State before = project.state();
            prepare(tool, failure);

            Finished migrate = switch (failure) {
                case HALFWAY -> project.migrate(tool, "--rollback-on-failure");
                case AFTER_COMMIT ->
                    project.pgkeep("migrate", "--rollback-on-failure", String.join(" ", tool.command()) + " && exit 7");
                case KILLED ->
                    project.migrate(
                            tool, "--rollback-on-failure", "--timeout", tool == MigrationTool.PSQL ? "4s" : "15s");
            };

            assertThat(migrate.status()).as(migrate.output()).isEqualTo(1);
            assertThat(migrate.stdout()).as(migrate.output()).contains("yes, proven");
            assertThat(migrate.stderr()).as(migrate.output()).contains("is back as it was before");
            if (failure == Failure.AFTER_COMMIT) {
                assertThat(migrate.stderr()).contains("ended with status 7");
            }
            project.isAsIn(before);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MigrationTool.class,
            names = {"FLYWAY"})
    void a_failed_migration_is_left_as_it_is_and_undo_goes_back(MigrationTool tool) {
        try (Project project = project(tool)) {
            State before = project.state();
            prepare(tool, Failure.HALFWAY);

            Finished migrate = project.migrate(tool);

            assertThat(migrate.status()).isEqualTo(1);
            assertThat(migrate.stderr()).contains("ended with status 1", "is as the command left it", "pgkeep undo");
            assertThat(project.database().count("refunds")).isEqualTo(7);
            assertThat(project.lastRun("migrate").change())
                    .extracting(Run.Change::status)
                    .isEqualTo(1);

            Finished undo = project.pgkeep("undo", "--yes");
            assertThat(undo.status()).as(undo.output()).isZero();
            assertThat(undo.stdout()).contains("The last thing that changed ", "; it failed");
            project.isAsIn(before);
        }
    }

    private void prepare(MigrationTool tool, Failure failure) {
        tool.add(folder, 1, GOOD);
        switch (failure) {
            case HALFWAY -> tool.add(folder, 2, BAD);
            case KILLED -> tool.add(folder, 2, HANGING);
            case AFTER_COMMIT -> {}
        }
    }

    private Project project(MigrationTool tool) {
        tool.install(folder);
        Project project = new Project(folder, PostgresServers.any().database("shop"));
        project.database().execute(Project.SHOP);
        return project;
    }
}
