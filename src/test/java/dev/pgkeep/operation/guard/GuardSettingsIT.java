package dev.pgkeep.operation.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that change the database itself, print without end, or leave something running. */
final class GuardSettingsIT {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Project project;

    @BeforeEach
    void open() {
        TestDatabase database = PostgresServers.any().database("settings");
        project = new Project(folder, database);
        database.execute(Project.SHOP);
        alter("set work_mem = '5MB'");
    }

    @AfterEach
    void close() {
        project.close();
    }

    @Test
    void settings_of_the_database_are_told_and_go_back_too() {
        String before = properties();
        String harm = "psql -X -q -v ON_ERROR_STOP=1 -c \"alter database "
                + project.database().name()
                + " set search_path = elsewhere\" -c \"alter database "
                + project.database().name() + " set work_mem = '9MB'\" -c \"alter database "
                + project.database().name() + " connection limit 7\" -c \"comment on database "
                + project.database().name() + " is 'changed'\"";

        Finished failed = project.pgkeep("guard", "--rollback-on-failure", harm + "; exit 3");
        assertThat(failed.status()).as(failed.output()).isEqualTo(1);
        assertThat(failed.output())
                .contains("yes, proven")
                .contains("search_path: elsewhere (was not set)", "work_mem: 9MB (was 5MB)")
                .contains("comment: changed (was not set)", "connection limit: 7 (was not set)");
        assertThat(properties()).isEqualTo(before);

        Finished done = project.pgkeep("guard", harm);
        assertThat(done.status()).as(done.output()).isZero();
        assertThat(done.output()).doesNotContain("nothing changed");
        String changed = properties();
        assertThat(changed).isNotEqualTo(before);
        assertThat(project.pgkeep("undo", "--yes").status()).isZero();
        assertThat(properties()).isEqualTo(before);
        assertThat(project.pgkeep("undo", "--yes").status()).isZero();
        assertThat(properties()).isEqualTo(changed);
    }

    @LongForm
    @Test
    void a_line_that_never_ends_is_passed_on_and_the_command_lives() {
        Finished finished = project.process("guard", "head -c 20000000 /dev/zero | tr '\\0' x; echo; echo that was all")
                .heap("-Xmx40m")
                .run();
        assertThat(finished.status()).isZero();
        assertThat(finished.output()).contains("that was all").doesNotContain("OutOfMemory");
    }

    @LongForm
    @Test
    void a_template_can_be_replaced_and_emptied_and_stays_one() {
        alter("is_template true");
        String before = properties();
        Finished failed =
                project.pgkeep("guard", "--rollback-on-failure", "psql -X -c 'drop table orders cascade'; exit 3");
        assertThat(failed.output()).contains("yes, proven");
        Finished reset = project.pgkeep("reset", "--yes");
        assertThat(reset.status()).as(reset.output()).isZero();
        Finished undo = project.pgkeep("undo", "--yes");
        assertThat(undo.status()).as(undo.output()).isZero();
        assertThat(project.database().count("orders")).isEqualTo(1000);
        assertThat(properties()).isEqualTo(before).contains("template");
        assertThat(project.database().column("select datname from pg_database where datname ~ '_pgkeep_'"))
                .isEmpty();
        alter("is_template false");
    }

    /** The inner one would wait for the outer one, which waits for it. */
    @Test
    void a_run_inside_the_command_of_another_on_the_same_database_is_refused() throws Exception {
        Finished outer = project.pgkeep("guard", "printenv PGKEEP_AT_WORK_ON > inside");
        assertThat(outer.status()).as(outer.output()).isZero();
        String inside = Files.readString(folder.resolve("inside")).strip();
        for (String command : new String[] {"guard", "migrate"}) {
            Finished inner = project.process(command, "touch ran")
                    .env("PGKEEP_AT_WORK_ON", inside)
                    .run();
            assertThat(inner.status()).as(inner.output()).isEqualTo(1);
            assertThat(inner.stderr()).contains("[lock.busy]", "call the tool itself");
        }
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(project.process("guard", "touch ran")
                        .env(
                                "PGKEEP_AT_WORK_ON",
                                inside.replace(project.database().name(), "other"))
                        .run()
                        .status())
                .isZero();
    }

    @Test
    void what_a_command_left_at_work_is_named() {
        Finished done = project.pgkeep(
                "guard", "nohup psql -X -c 'select pg_sleep(600)' >/dev/null 2>&1 & sleep 1; echo started");
        assertThat(done.status()).as(done.output()).isZero();
        assertThat(done.output())
                .contains("still connected to " + project.database().name());
        assertThat(project.pgkeep("guard", "true").output()).doesNotContain("still connected to");
    }

    private void alter(String what) {
        project.database()
                .server()
                .execute("alter database " + project.database().name() + " " + what);
    }

    private String properties() {
        return project.database()
                .ask("select concat_ws(' | ', d.datconnlimit, shobj_description(d.oid, 'pg_database'), s.setconfig,"
                        + " case when d.datistemplate then 'template' end)"
                        + " from pg_database d left join pg_db_role_setting s on s.setdatabase = d.oid"
                        + " where d.datname = current_database()");
    }
}
