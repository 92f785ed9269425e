package dev.pgkeep.operation.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PgkeepProcess;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A production database with its repository, a database of a developer with another one, and pgkeep run in this process
 * as either of them would.
 */
final class RefreshDesk implements AutoCloseable {
    static final String SECRET = "a secret of the tests";
    private static final String ROLE = "refresher";

    private final Path folder;
    private final TestServer server = PostgresServers.any();
    private final TestDatabase production;
    private final TestDatabase development;

    RefreshDesk(Path folder, String production, String development) {
        this.folder = folder;
        server.execute("do $$ begin create role " + ROLE + " login createdb bypassrls password 'refresh'; exception"
                + " when duplicate_object then null; end $$");
        this.production = server.database("production");
        this.production.execute(production);
        this.development = server.database("development");
        server.execute("alter database \"" + this.development.name() + "\" owner to " + ROLE);
        this.development.execute("alter schema public owner to " + ROLE + "; set role " + ROLE + "; " + development);
        write("pgkeep.toml", "");
    }

    Path folder() {
        return folder;
    }

    TestDatabase production() {
        return production;
    }

    TestDatabase development() {
        return development;
    }

    Path backups() {
        return folder.resolve("production-backups");
    }

    Path ownBackups() {
        return folder.resolve("backups");
    }

    /** The configuration of the developer: profiles, and whatever else. */
    void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), """
                    [profile.production]
                    url = "%s"
                    repository = "%s"
                    """.formatted(production.url(), backups()) + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PgkeepProcess.in(folder).environment());
        environment.put(
                "DATABASE_URL",
                "postgresql://" + ROLE + ":refresh@" + server.cluster().host() + ":"
                        + server.cluster().port() + "/" + development.name());
        environment.put("PGKEEP_MASK_SECRET", SECRET);
        return environment;
    }

    /** As the developer, with nobody at the terminal. */
    Finished run(String... words) {
        return run(Map.of(), words);
    }

    Finished run(Map<String, String> more, String... words) {
        Map<String, String> environment = environment();
        environment.putAll(more);
        return InProcessPgkeep.in(folder).environment(environment).run(words);
    }

    Finished done(String... words) {
        Finished finished = run(words);
        assertThat(finished.status()).as(finished.output()).isZero();
        return finished;
    }

    /** Fails in a way that helps, and leaves everything as it was. */
    Finished refused(ExitStatus status, String... words) {
        List<String> before = state();
        Finished finished = run(words);
        assertThat(finished.status()).as(finished.output()).isEqualTo(status.number());
        assertThat(finished.stderr()).contains("error: ", "hint:  ").doesNotContain("\tat dev.pgkeep");
        assertThat(state()).isEqualTo(before);
        return finished;
    }

    /** A backup of production; its name. */
    String backup(String... more) {
        String[] words = new String[more.length + 5];
        List.of("backup", "-o", "name", "--profile", "production").toArray(words);
        System.arraycopy(more, 0, words, 5, more.length);
        return done(words).stdout().strip();
    }

    void prove(String name) {
        done("verify", name, "--restore", "--profile", "production");
    }

    List<StoredBackup> backupsOfProduction() {
        return Repository.open(backups(), Clock.systemUTC()).list();
    }

    /** What must not change when something is refused: databases, and what is in that of the developer. */
    private List<String> state() {
        List<String> state = new java.util.ArrayList<>(databases());
        state.addAll(development.column(
                "select table_schema || '.' || table_name || ' ' || (xpath('/row/c/text()', query_to_xml(format("
                        + "'select count(*) as c from %I.%I', table_schema, table_name), false, true, '')))[1]::text"
                        + " from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')"
                        + " order by 1"));
        state.add(String.valueOf(
                Files.exists(ownBackups())
                        ? Repository.open(ownBackups(), Clock.systemUTC())
                                .list()
                                .size()
                        : 0));
        return state;
    }

    List<String> databases() {
        return server.databaseToBe("postgres").column("select datname from pg_database order by 1");
    }

    @Override
    public void close() {
        development.close();
        production.close();
    }
}
