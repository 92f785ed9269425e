package dev.pgkeep.operation.reset;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.operation.restore.plan.CollationCheck;
import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import dev.pgkeep.operation.restore.plan.Finding;
import dev.pgkeep.operation.restore.plan.PreparedTransactions;
import dev.pgkeep.operation.restore.plan.RowSecurity;
import dev.pgkeep.operation.restore.plan.SubscriptionCheck;
import dev.pgkeep.operation.restore.plan.TargetProbe;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.postgres.admin.TargetServer;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.catalog.Writable;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at a database that is to be made empty. Changes nothing. */
public final class EmptyDatabasePlanner {
    private final Connector connector;
    private final Repository repository;

    public EmptyDatabasePlanner(Connector connector, Repository repository) {
        this.connector = connector;
        this.repository = repository;
    }

    /**
     * @throws PgkeepException SERVER_READ_ONLY; PREFLIGHT_FAILED when it cannot be made empty by this role on this
     *     server
     */
    public EmptyDatabasePlan plan(Target wanted) {
        Target target = TargetServer.settle(connector, wanted);
        try (Connection beside = TargetServer.open(connector, target)) {
            ServerInfo server = new Catalog(beside).server();
            Optional<ExistingDatabase> existing = new TargetProbe(connector, beside).look(target);
            Writable.require(beside);
            EmptyDatabaseMode way = choose(server, existing, target, TargetServer.isBeside(beside, target));
            obstacles(beside, server, existing, target, way);
            return new EmptyDatabasePlan(
                    target,
                    server,
                    existing,
                    existing.map(ExistingDatabase::properties).or(() -> lastKnown(target)),
                    way,
                    existing.map(ExistingDatabase::isProtected)
                            .orElseGet(() -> new PastRuns(repository.history().runs(), target).wasProtected()));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the database");
        }
    }

    private static EmptyDatabaseMode choose(
            ServerInfo server, Optional<ExistingDatabase> existing, Target target, boolean standsBeside) {
        var facts = new EmptyDatabaseMode.Facts(
                existing.isPresent(),
                server.createDatabases(),
                existing.map(ExistingDatabase::ownedByUs).orElse(false),
                standsBeside);
        EmptyDatabaseMode mode = EmptyDatabaseMode.choose(facts);
        if (mode.isRefused(facts)) {
            throw new PgkeepException(
                    ErrorCode.PREFLIGHT_FAILED,
                    "there is no database " + target.database() + ", and the role " + server.role()
                            + " may not create one",
                    "have it created for you, or: ALTER ROLE " + server.role() + " CREATEDB");
        }
        return mode;
    }

    private static void obstacles(
            Connection beside,
            ServerInfo server,
            Optional<ExistingDatabase> existing,
            Target target,
            EmptyDatabaseMode way) {
        List<Finding> found = Stream.of(
                        existing.flatMap(
                                each -> PreparedTransactions.find(beside, target.database(), "being made empty")),
                        way == EmptyDatabaseMode.REPLACE
                                ? SubscriptionCheck.find(beside, target.database(), " first")
                                : Optional.<Finding>empty(),
                        way == EmptyDatabaseMode.CLEAN ? Optional.<Finding>empty() : CollationCheck.find(beside),
                        existing.filter(each -> !each.isEmpty()).flatMap(each -> RowSecurity.ofTarget(each, server)))
                .flatMap(Optional::stream)
                .toList();
        if (!found.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.PREFLIGHT_FAILED,
                    found.stream().map(Finding::text).collect(Collectors.joining("; ")),
                    found.stream().map(Finding::hint).collect(Collectors.joining("; ")));
        }
    }

    /** A database that an interrupted run dropped is known from its newest backup. */
    private Optional<DatabaseProperties> lastKnown(Target target) {
        return repository.list().stream()
                .filter(backup -> backup.database().equals(Optional.of(target.database())))
                .filter(StoredBackup::isOurs)
                .findFirst()
                .map(backup -> repository.manifest(backup).properties());
    }
}
