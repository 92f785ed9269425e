package dev.pgkeep.operation.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.app.config.Sources;
import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.operation.appcommand.CommandOutput;
import dev.pgkeep.operation.appcommand.CommandStage;
import dev.pgkeep.operation.backup.Backup;
import dev.pgkeep.operation.backup.BackupRequest;
import dev.pgkeep.operation.confirm.Asker;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.ProtectedConfirm;
import dev.pgkeep.operation.restore.RestoreDatabase;
import dev.pgkeep.operation.restore.RestoreResult;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.testing.Heard;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restore and undo called by a program, with nobody at a terminal: a policy answers, and outcomes are values. */
final class UnattendedIT {
    private final TestDatabase database = PostgresServers.any().database("unattended");
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void fill() {
        database.execute("create table things (id int primary key); insert into things values (1), (2)");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void a_program_restores_and_undoes_by_policy_and_is_told_how_its_command_ended() {
        backUp();
        database.execute("insert into things values (3)");
        RestoreResult restored = restore(Map.of("commands.after-restore", "echo restored; exit 3"), policy());
        assertThat(database.count("things")).isEqualTo(2);
        assertThat(restored.afterRestore()).isEqualTo(3);
        assertThat(restored.isGood()).isFalse();
        assertThat(words.toString(StandardCharsets.UTF_8)).contains("restored");

        Undo undo = pgkeep(Map.of()).undo(stage());
        UndoChoice choice = undo.choose(Optional.empty(), pgkeep(Map.of())::targetBesideTest, false);
        assertThat(choice.way())
                .isEqualTo(new WayBack.Backup(restored.outcome().safetyBackup().orElseThrow()));
        assertThat(undo.run(
                        undo.plan(choice, java.util.Set.of(dev.pgkeep.operation.restore.plan.RestoreOption.DELTA)),
                        policy()))
                .isInstanceOfSatisfying(
                        UndoOutcome.Restore.class,
                        outcome -> assertThat(outcome.result().isGood()).isTrue());
        assertThat(database.count("things")).isEqualTo(3);
    }

    @Test
    void what_nobody_confirms_changes_nothing() throws SQLException {
        backUp();
        database.execute("insert into things values (3)");
        assertRefused(Confirm.REFUSE, "nobody confirmed to replace " + database.name());
        try (var connection = database.connect()) {
            Protection.put(connection, database.name());
        }
        assertRefused(policy(), database.name() + " is protected (marked by pgkeep protect)");
        assertThat(database.count("things")).isEqualTo(3);
        assertThat(pgkeep(Map.of()).repository().list()).hasSize(1);
    }

    private void assertRefused(Confirm confirm, String says) {
        assertThatThrownBy(() -> restore(Map.of(), confirm))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
                .hasMessageStartingWith(says);
    }

    private RestoreResult restore(Map<String, String> flags, Confirm confirm) {
        Pgkeep pgkeep = pgkeep(flags);
        RestoreDatabase restore = pgkeep.restoreDatabase(stage(), false);
        RestorePlan plan = restore.plan(pgkeep.sourceFinder().named("latest"), RestoreRequest.whole(pgkeep.target()));
        return restore.run(plan, RestoreDatabase.COMMAND, confirm);
    }

    private void backUp() {
        Pgkeep pgkeep = pgkeep(Map.of());
        Backup backup = pgkeep.backup();
        backup.run(backup.plan(BackupRequest.of(Kind.MANUAL), pgkeep.target()));
    }

    private Confirm policy() {
        return new ProtectedConfirm(pgkeep(Map.of()).protection(), false, Asker.YES);
    }

    private CommandStage stage() {
        PrintStream out = new PrintStream(words, true, StandardCharsets.UTF_8);
        return (name, command) -> new CommandOutput.Lines(out, out, false);
    }

    private Pgkeep pgkeep(Map<String, String> flags) {
        Map<String, String> environment = new HashMap<>(PostgresClients.environment());
        environment.put("DATABASE_URL", database.url());
        return Pgkeep.open(
                new Sources(environment, folder, folder, flags, Trust.everything()),
                Clock.systemUTC(),
                new Heard(),
                new Cancellation());
    }
}
