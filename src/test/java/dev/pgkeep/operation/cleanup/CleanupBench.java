package dev.pgkeep.operation.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestoreOptions;
import dev.pgkeep.operation.rows.RestoreOutcome;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.rows.RowsRestore;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.testing.ContentHash;
import dev.pgkeep.testing.HeardSteps;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TableContent;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A small shop whose tables refer to each other in most ways, and cleanups of it without real safety backups. */
record CleanupBench(TestDatabase database, Path folder, AtomicInteger backups) implements AutoCloseable {
    private static final String SHOP = """
            create table customers (id int primary key, email text unique, favourite bigint, note text);
            create table orders (
                id bigint generated always as identity primary key, customer int references customers,
                previous bigint references orders, total numeric(12, 3));
            alter table customers add foreign key (favourite) references orders deferrable;
            create table lines (order_id bigint references orders on delete cascade, line int, what text,
                primary key (order_id, line));
            create table reviews (id int primary key, order_id bigint references orders on delete set null, body text);
            insert into customers select n, 'c' || n || '@example.com', null, repeat('x', n) from generate_series(1, 40) n;
            insert into orders (customer, previous, total)
            select 1 + n % 40, nullif(n - 40, -abs(n - 40)), n * 1.10 from generate_series(1, 200) n;
            update customers c set favourite = (select min(id) from orders o where o.customer = c.id);
            insert into lines select id, l, 'thing ' || l from orders, generate_series(1, 2) l;
            insert into reviews select n, n, 'good' from generate_series(1, 200, 3) n;
            """;

    static CleanupBench in(Path folder) {
        TestDatabase database = PostgresServers.any().database("cleanup");
        database.execute(SHOP);
        return new CleanupBench(database, folder, new AtomicInteger());
    }

    static CleanupRule rows(String table, String where) {
        return new CleanupRule("", Optional.empty(), table, Optional.of(where), Optional.empty(), "--where");
    }

    Repository repository() {
        return Repository.open(folder.resolve("backups"), Clock.systemUTC());
    }

    Cleanup cleanup() {
        return cleanup(repository(), target -> "backup-%03d".formatted(backups.incrementAndGet()), step -> {});
    }

    /** One during which something happens. */
    Cleanup cleanup(String step, Runnable action) {
        return cleanup(repository(), target -> "backup-%03d".formatted(backups.incrementAndGet()), each -> {
            if (each.startsWith(step)) {
                action.run();
            }
        });
    }

    Cleanup cleanup(Repository repository, SafetyBackup backup, Consumer<String> steps) {
        return new Cleanup(
                new Connector(),
                repository,
                backup,
                new RunContext(repository.history(), Clock.systemUTC(), new HeardSteps(steps), new Cancellation()));
    }

    CleanupPreview look(String table, String where) {
        return cleanup().look(database.target(), List.of(rows(table, where)));
    }

    CleanupOutcome delete(String table, String where) {
        return cleanup().run(look(table, where), CleanupOptions.USUAL);
    }

    RowsRestore restore() {
        return new RowsRestore(
                new Connector(),
                target -> "backup-restore",
                new RunContext(repository().history(), Clock.systemUTC(), Progress.SILENT, new Cancellation()));
    }

    RestorePreview lookBack(Path document) {
        return restore().look(document, database.target());
    }

    RestoreOutcome putBack(Path document, OnConflict onConflict) {
        return restore().run(lookBack(document), new RestoreOptions(onConflict, false));
    }

    Map<String, TableContent> content() {
        try (var connection = database.connect()) {
            return ContentHash.of(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void isAsBefore(Map<String, TableContent> before) {
        assertThat(ContentHash.differences(before, content())).isEmpty();
    }

    @Override
    public void close() {
        database.close();
    }
}
