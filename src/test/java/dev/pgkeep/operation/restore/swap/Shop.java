package dev.pgkeep.operation.restore.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.repository.Repository;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.ContentHash;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PgkeepProcess;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TableContent;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A small shop, a repository for it, and pgkeep run on both inside this JVM. */
public record Shop(TestDatabase database, InProcessPgkeep program) implements AutoCloseable {
    private static final String TABLES = """
            create table customers (id int primary key, name text not null);
            insert into customers select n, md5(n::text) from generate_series(1, 500) n;
            create table orders (
                id bigint generated always as identity primary key, customer int references customers, note text);
            insert into orders (customer, note) select 1 + n % 500, repeat(md5(n::text), 3) from generate_series(1, 5000) n;
            """;

    public static Shop in(Path folder) {
        TestServer server = PostgresServers.any();
        return named(server.uniqueName("shop"), folder);
    }

    /** One whose database has exactly this name. */
    static Shop named(String name, Path folder) {
        TestServer server = PostgresServers.any();
        server.execute("create database " + quoted(name));
        TestDatabase database = server.databaseToBe(name);
        database.execute(TABLES);
        return new Shop(
                database,
                InProcessPgkeep.on(database, folder)
                        .env("BACKUP_DIR", folder.resolve("backups").toString()));
    }

    /** The same with another variable. */
    Shop with(String variable, String value) {
        return new Shop(database, program.env(variable, value));
    }

    public Path folder() {
        return program.folder();
    }

    public String name() {
        return database.name();
    }

    public TestServer server() {
        return database.server();
    }

    /** Runs pgkeep, without anybody to answer a question. */
    Finished pgkeep(String... words) {
        return program.run(words);
    }

    /** Runs it and wants it to succeed. */
    public Finished done(String... words) {
        return ended(0, words);
    }

    Finished ended(int status, String... words) {
        Finished finished = pgkeep(words);
        assertThat(finished.status()).as(finished.output()).isEqualTo(status);
        return finished;
    }

    public String backup(String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "backup";
        words[1] = "-o";
        words[2] = "name";
        System.arraycopy(more, 0, words, 3, more.length);
        return done(words).stdout().strip();
    }

    /** Another state than that in the backup. */
    public void change() {
        database.execute(
                "delete from orders where id % 3 = 0; create table later (n int); insert into later values (1)");
    }

    public Map<String, TableContent> content() {
        return content(name());
    }

    Map<String, TableContent> content(String of) {
        try (var connection = server().databaseToBe(of).connect()) {
            return ContentHash.of(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Databases that pgkeep made or kept. */
    List<String> others() {
        return server().databaseToBe("postgres")
                .column("select datname from pg_database where datname ~ '_pgkeep_' order by datname");
    }

    /** The one database that is kept. */
    String kept() {
        assertThat(others()).hasSize(1);
        assertThat(others().getFirst()).contains("_pgkeep_kept_");
        return others().getFirst();
    }

    List<String> runs(String command) {
        return Repository.open(folder().resolve("backups"), Clock.systemUTC()).history().runs().stream()
                .filter(run -> run.command().equals(command))
                .map(run -> run.outcome())
                .toList();
    }

    /** The same in a child process. */
    PgkeepProcess child(String... words) {
        return program.process(words);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        for (String other : others()) {
            server().execute("drop database if exists " + quoted(other) + " with (force)");
        }
        database.close();
    }
}
