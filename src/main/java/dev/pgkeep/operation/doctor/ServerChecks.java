package dev.pgkeep.operation.doctor;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.postgres.admin.TemporaryDatabaseName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.DatabaseInfo;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.KnownHole;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.repository.Repository;
import java.sql.Connection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks what can be seen through a connection to the database. */
final class ServerChecks {
    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    private final Connection connection;
    private final Catalog catalog;
    private final Target target;
    private final Examination examination;
    private final Optional<Repository> repository;
    private final Clock clock;

    ServerChecks(
            Connection connection,
            Target target,
            Examination examination,
            Optional<Repository> repository,
            Clock clock) {
        this.connection = connection;
        this.catalog = new Catalog(connection);
        this.target = target;
        this.examination = examination;
        this.repository = repository;
        this.clock = clock;
    }

    void addTo(List<Check> checks) {
        ServerInfo server = catalog.server();
        checks.add(direct());
        checks.add(version(server));
        new ToolChecks(examination.tools()).addTo(checks, Version.ofNumber(server.versionNumber()));
        add(checks, "rights", () -> new RightsChecks(connection, catalog, server, target).addTo(checks));
        add(checks, "extensions", () -> new ExtensionChecks(catalog, repository, target).addTo(checks));
        add(checks, "collations", () -> new CollationChecks(connection).addTo(checks));
        add(checks, "clock", () -> checks.add(new ServerClock(connection, clock).check()));
        add(checks, "leftovers", () -> checks.add(leftovers()));
        add(checks, "disk", () -> repository.ifPresent(found -> checks.add(disk(found))));
    }

    /** A question that the server does not answer is a finding, and the next one is asked all the same. */
    private static void add(List<Check> checks, String name, Runnable question) {
        try {
            question.run();
        } catch (PgkeepException e) {
            checks.add(Check.warn(name, "cannot be examined: " + e.getMessage(), e.hint()));
        }
    }

    private Check direct() {
        return target.poolerSign()
                .map(sign -> Check.warn(
                        "pooler",
                        "this looks like a connection pooler (" + sign + "), which backups cannot rely on",
                        "set DIRECT_URL to the server itself"))
                .orElseGet(() -> Check.ok("pooler", "a direct connection, as far as host and port tell"));
    }

    private static Check version(ServerInfo server) {
        String text = "PostgreSQL " + server.shortVersion() + (server.standby() ? ", a standby" : "");
        if (server.major() < OLDEST) {
            return Check.warn(
                    "server",
                    text + " is older than what pgkeep is tested with (" + OLDEST + " to " + NEWEST + ")",
                    "update the server; until then prove backups: pgkeep verify --restore");
        }
        if (server.major() > NEWEST) {
            return Check.warn(
                    "server",
                    text + " is newer than what pgkeep is tested with (" + OLDEST + " to " + NEWEST + ")",
                    "look for a newer pgkeep; until then prove backups: pgkeep verify --restore");
        }
        return server.standby()
                ? Check.warn(
                        "server",
                        text + ": it may cancel long dumps, and nothing can be restored to it"
                                + (KnownHole.STANDBY_SNAPSHOT.isIn(Version.ofNumber(server.versionNumber()))
                                        ? "; backups use one session: " + KnownHole.STANDBY_SNAPSHOT.danger()
                                        : ""),
                        "use the primary, or set max_standby_streaming_delay high enough for a dump")
                : Check.ok("server", text);
    }

    private Check leftovers() {
        List<String> left = catalog.databases().stream()
                .filter(database -> database.connections() == 0)
                .map(DatabaseInfo::name)
                .filter(TemporaryDatabaseName::fits)
                .toList();
        return left.isEmpty()
                ? Check.ok("leftovers", "no database of an interrupted restore")
                : Check.warn(
                        "leftovers",
                        "interrupted restores left " + String.join(", ", left),
                        "the next restore drops them; or, when none is running: "
                                + left.stream()
                                        .map(name -> "DROP DATABASE " + Sql.identifier(name) + ";")
                                        .collect(Collectors.joining(" ")));
    }

    /** Dumps are compressed as a rule, to a third or less; half of the database is a fair warning. */
    private Check disk(Repository found) {
        long free = found.freeBytes();
        long size = catalog.databaseBytes();
        String text = Sizes.text(free) + " free in " + found.root() + ", the database has " + Sizes.text(size);
        return free < size / 2
                ? Check.warn(
                        "disk",
                        text,
                        "free some space, remove old backups (pgkeep prune --older-than 30d --dry-run), or choose another"
                                + " place: --repo FOLDER")
                : Check.ok("disk", text);
    }
}
