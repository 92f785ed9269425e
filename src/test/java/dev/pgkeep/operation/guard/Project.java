package dev.pgkeep.operation.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.ContentHash;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PgkeepProcess;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.SchemaText;
import dev.pgkeep.testing.TableContent;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An application's folder and its database, and pgkeep run there. */
record Project(Path folder, TestDatabase database) implements AutoCloseable {
    static final String SHOP = """
            create table customers (id int primary key, name text not null);
            insert into customers select n, md5(n::text) from generate_series(1, 500) n;
            create table orders (
                id bigint generated always as identity primary key, customer int references customers, note text);
            insert into orders (customer, note) select 1 + n % 500, md5(n::text) from generate_series(1, 1000) n;
            create index orders_by_customer on orders (customer);
            create view notes as select note from orders;
            """;

    /** Content and definitions of a database at one moment. */
    record State(Map<String, TableContent> content, SchemaText schema) {}

    /** In this JVM, without a terminal. */
    Finished pgkeep(String... words) {
        return program().run(words);
    }

    private InProcessPgkeep program() {
        return InProcessPgkeep.on(database, folder).at(Clock.systemDefaultZone());
    }

    /** {@code pgkeep migrate OPTIONS -- COMMAND}. */
    Finished migrate(MigrationTool tool, String... options) {
        return pgkeep(migrateWords(tool, options));
    }

    String[] migrateWords(MigrationTool tool, String... options) {
        List<String> words = new ArrayList<>(List.of("migrate"));
        words.addAll(List.of(options));
        words.add("--");
        words.addAll(tool.command());
        return words.toArray(String[]::new);
    }

    /** In a process of its own, which can be interrupted and killed. */
    PgkeepProcess process(String... words) {
        return program().process(words);
    }

    State state() {
        var client = PostgresClients.tools().sets().getFirst();
        try (var connection = database.connect()) {
            return new State(
                    ContentHash.of(connection),
                    SchemaText.of(
                            client.folder().resolve("pg_dump"),
                            database.target().libpqEnvironment().set(),
                            database.name()));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void isAsIn(State before) {
        State now = state();
        assertThat(ContentHash.differences(before.content(), now.content())).isEmpty();
        assertThat(before.schema().difference(now.schema())).isEmpty();
    }

    List<StoredBackup> backups() {
        return Repository.open(folder.resolve("backups"), Clock.systemUTC()).list();
    }

    Run lastRun(String command) {
        return Repository.open(folder.resolve("backups"), Clock.systemUTC()).history().runs().stream()
                .filter(run -> run.command().equals(command))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        database.close();
    }
}
