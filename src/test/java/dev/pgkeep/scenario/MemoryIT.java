package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.PgkeepProcess;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the process takes of the machine's memory, as the system counts it, stays under its bar, however wide a row and
 * however large a table. Forty times the rows and values of 500 MB in the long form.
 */
@EnabledOnOs(OS.LINUX)
final class MemoryIT {
    private static final long BAR_KILOBYTES = 512 << 10;
    private static final int BYTES = Campaign.of(200, 500) << 20;
    private static final int TEXT = Campaign.of(60, 500) << 20;
    private static final int ROWS = Campaign.of(250_000, 10_000_000);

    @TempDir
    private Path folder;

    @Test
    void values_of_hundreds_of_megabytes_are_backed_up_and_restored_within_the_bar() throws IOException {
        try (var database = PostgresServers.any().database("wide")) {
            // To compress them would take the server most of the time.
            database.execute("""
                    create table files (id int primary key, body bytea, note text);
                    alter table files alter body set storage external;
                    alter table files alter note set storage external;
                    insert into files (id, body) select 1, decode(repeat(md5('wide'), %d), 'hex');
                    insert into files (id, note) select 2, repeat(md5('wide'), %d)""".formatted(BYTES / 16, TEXT / 32));
            staysUnderTheBar(database);
        }
    }

    @Test
    void a_large_table_is_backed_up_and_restored_within_the_bar() throws IOException {
        try (var database = PostgresServers.any().database("large")) {
            database.execute("""
                    create table rows (id bigint, at timestamptz, kind text, body text);
                    insert into rows select n, now() + n * interval '1 second', 'kind ' || n %% 17,
                        md5(n::text) || md5((-n)::text) from generate_series(1, %d) n""".formatted(ROWS));
            staysUnderTheBar(database);
            // Every run of blocks is held against what it was.
            database.execute("update rows set kind = 'changed' where id % 50 = 0");
            assertThat(peak(database, "backup", "--format", "chunked")).isLessThan(BAR_KILOBYTES);
            assertThat(peak(database, "verify")).isLessThan(BAR_KILOBYTES);
        }
    }

    private void staysUnderTheBar(TestDatabase database) throws IOException {
        assertThat(peak(database, "backup", "--format", "chunked")).isLessThan(BAR_KILOBYTES);
        String copy = database.name() + "_copy";
        try (var restored = database.server().databaseToBe(copy)) {
            assertThat(peak(database, "restore", "latest", "--to", copy, "--create-db", "--yes"))
                    .isLessThan(BAR_KILOBYTES);
            assertThat(peak(database, "verify")).isLessThan(BAR_KILOBYTES);
        }
    }

    /** The most that the process ever took, in kilobytes; looked at while it runs. */
    private long peak(TestDatabase database, String... words) throws IOException {
        var pgkeep = PgkeepProcess.in(folder)
                .env("DATABASE_URL", database.url())
                .env("BACKUP_DIR", folder.resolve("backups").toString())
                .heap("-Xmx384m")
                .args(words);
        long peak = 0;
        try (var running = pgkeep.start()) {
            Path status = Path.of("/proc", Long.toString(running.pid()), "status");
            while (running.handle().isAlive()) {
                peak = Math.max(peak, peak(status));
                sleep();
            }
            var finished = running.end();
            assertThat(finished.status()).as(finished.output()).isZero();
        }
        System.out.println(words[0] + " of " + database.name() + " took " + (peak >> 10) + " MB at most");
        assertThat(peak).isPositive();
        return peak;
    }

    private static long peak(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
