package dev.pgkeep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.Commands.Finished;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A small shop, a repository for it, and pgkeep run on both: in this JVM, or where that is the point in a process of
 * its own.
 */
public record Bench(TestDatabase database, InProcessPgkeep program) implements AutoCloseable {
    private static final String SHOP = """
            create table customers (id int primary key, name text not null);
            insert into customers select n, md5(n::text) from generate_series(1, 2000) n;
            create table orders (
                id bigint generated always as identity primary key, customer int references customers, note text);
            insert into orders (customer, note)
            select 1 + n %% 2000, repeat(md5(n::text), 3) from generate_series(1, %d) n;
            create view notes as select note from orders;
            """;

    /** A shop with 20,000 orders on the server that all tests share. */
    public static Bench in(Path folder) {
        return in(folder, PostgresServers.any(), 20_000);
    }

    public static Bench in(Path folder, TestServer server, int orders) {
        TestDatabase database = server.database("shop");
        database.execute(SHOP.formatted(orders));
        return new Bench(
                database,
                InProcessPgkeep.on(database, folder)
                        .env("BACKUP_DIR", folder.resolve("backups").toString())
                        .env(PostgresClients.ALLOW_OLD, "true"));
    }

    /** The same through another door, for instance a bad line. */
    public Bench through(String otherUrl) {
        return with("DATABASE_URL", otherUrl);
    }

    public Bench withRepository(Path other) {
        return with("BACKUP_DIR", other.toString());
    }

    /** The same folder and repository on another database. */
    public Bench on(TestDatabase other) {
        return new Bench(other, program.env("DATABASE_URL", other.url()));
    }

    /** The same with another variable. */
    public Bench with(String variable, String value) {
        return new Bench(database, program.env(variable, value));
    }

    public Path folder() {
        return program.folder();
    }

    public Path repository() {
        return Path.of(program.environment().getOrDefault("BACKUP_DIR", ""));
    }

    public String url() {
        return program.environment().getOrDefault("DATABASE_URL", "");
    }

    /** Runs it in this JVM, however it ends, with nobody to answer. */
    public Finished pgkeep(String... words) {
        return program.run(words);
    }

    /** In this JVM as on a terminal where somebody answers the question whether it may, which must be asked. */
    public Finished typed(String answer, String... words) {
        Finished finished = program.answering(answer + "\n").run(words);
        assertThat(finished.output()).contains("Type ");
        return finished;
    }

    /** In a process of its own, which can be interrupted and killed, and may have a terminal. */
    public PgkeepProcess process(String... words) {
        return program.process(words);
    }

    /** Runs it and wants it to succeed. */
    public Finished run(String... words) {
        Finished finished = pgkeep(words);
        assertThat(finished.status()).as(finished.output()).isZero();
        return finished;
    }

    /** Runs it and wants it to fail in a way that helps. */
    public Finished fails(int status, String... words) {
        return failed(status, pgkeep(words));
    }

    public static Finished failed(int status, Finished finished) {
        assertThat(finished.status()).as(finished.output()).isEqualTo(status);
        assertThat(finished.stderr()).contains("error: ").contains("hint:  ").doesNotContain("\tat dev.pgkeep");
        return finished;
    }

    /** Makes a backup and returns its name. */
    public String backup(String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "backup";
        words[1] = "-o";
        words[2] = "name";
        System.arraycopy(more, 0, words, 3, more.length);
        return run(words).stdout().strip();
    }

    public List<StoredBackup> backups() {
        return Repository.open(repository(), Clock.systemUTC()).list();
    }

    public List<String> names() {
        return backups().stream().map(StoredBackup::name).toList();
    }

    /** What the history says about runs of a command, newest first. */
    public List<String> runs(String command) {
        return Repository.open(repository(), Clock.systemUTC()).history().runs().stream()
                .filter(run -> run.command().equals(command))
                .map(run -> run.outcome() + ": " + run.message())
                .toList();
    }

    public StoredBackup find(String name) {
        return backups().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + names()));
    }

    /** Everything in the database, or nothing when there is no such database. */
    public Optional<Map<String, TableContent>> content() {
        if (!database.server().hasDatabase(database.name())) {
            return Optional.empty();
        }
        try (var connection = database.connect()) {
            return Optional.of(ContentHash.of(connection));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** No session, no scratch database, no half-written file, no child is left of any run. */
    public void nothingIsLeft() {
        noSessionsAreLeft();
        assertThat(leftDatabases()).isEmpty();
        assertThat(workFiles()).isEmpty();
    }

    public void noSessionsAreLeft() {
        eventually("no sessions of pgkeep: " + sessions(), () -> sessions().isEmpty());
        eventually("no children of pgkeep: " + children(), () -> children().isEmpty());
    }

    public List<String> leftDatabases() {
        return postgres().column("select datname from pg_database where datname like '%\\_pgkeep\\_%'");
    }

    public List<String> sessions() {
        return postgres()
                .column("select application_name || ': ' || left(query, 60) from pg_stat_activity"
                        + " where application_name like 'pgkeep%'");
    }

    /** Client programs at work for this folder or this database. */
    List<String> children() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains("pg_dump") || line.contains("pg_restore") || line.contains("psql"))
                .filter(line -> line.contains(repository().toString()) || line.contains(database.name()))
                .toList();
    }

    public List<Path> workFiles() {
        Path work = repository().resolve("work");
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        try (var files = Files.list(work)) {
            return files.toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in vain: " + what).isLessThan(end);
            pause(50);
        }
    }

    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private TestDatabase postgres() {
        return database.server().databaseToBe("postgres");
    }

    @Override
    public void close() {
        database.close();
    }
}
