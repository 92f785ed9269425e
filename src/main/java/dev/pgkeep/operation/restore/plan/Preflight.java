package dev.pgkeep.operation.restore.plan;

import static dev.pgkeep.operation.restore.plan.RestoreMode.ADD;
import static dev.pgkeep.operation.restore.plan.RestoreMode.CLEAN;
import static dev.pgkeep.operation.restore.plan.RestoreMode.CREATE;
import static dev.pgkeep.operation.restore.plan.RestoreMode.FILL;
import static dev.pgkeep.operation.restore.plan.RestoreMode.REPLACE;
import static dev.pgkeep.operation.restore.plan.RestoreMode.ROWS;

import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.migrations.CodeMigrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Finds everything that may stand in the way of a restore before anything is touched, and tells all of it at once. */
final class Preflight {
    /** A check that is made for some modes of restoring, and for no others. */
    private record Check(Set<RestoreMode> modes, Supplier<List<Finding>> findings) {}

    private final PreflightSubject subject;
    private final Connection beside;
    private final Connector connector;
    private final Path codeFolder;

    /**
     * @param beside a connection to the server, not necessarily to the target
     * @param codeFolder where the application's code is, for comparing its migrations with the backup's
     */
    Preflight(PreflightSubject subject, Connection beside, Connector connector, Path codeFolder) {
        this.subject = subject;
        this.beside = beside;
        this.connector = connector;
        this.codeFolder = codeFolder;
    }

    /** The findings worth knowing, and those in the way, in the order of the checks. */
    List<Finding> findings() {
        return checks().stream()
                .filter(check -> check.modes().contains(subject.mode()))
                .flatMap(check -> check.findings().get().stream())
                .toList();
    }

    private List<Check> checks() {
        var catalog = new Catalog(beside);
        var target = new TargetChecks(subject);
        var server = new RequirementChecks(subject);
        var backup = new ContentChecks(subject);
        var obstacles = new ObstacleChecks(subject, beside);
        return List.of(
                in(EnumSet.of(REPLACE), this::replacement),
                in(EnumSet.of(CLEAN), target::emptiedInstead),
                in(EnumSet.of(REPLACE), target::settingsOfOthers),
                in(all(), obstacles::readOnly),
                in(
                        EnumSet.of(CREATE, REPLACE),
                        () -> CollationCheck.find(beside).stream().toList()),
                in(all(), server::version),
                in(EnumSet.of(FILL, CREATE, ROWS), target::refusals),
                in(all(), target::encoding),
                in(EnumSet.complementOf(EnumSet.of(ROWS)), () -> server.extensions(catalog.availableExtensions())),
                in(all(), () -> server.roles(catalog.roles())),
                in(EnumSet.of(CREATE), () -> server.tablespace(catalog.tablespaces())),
                in(all(), server::space),
                in(EnumSet.complementOf(EnumSet.of(ROWS, ADD)), target::connections),
                in(all(), () -> backup.migrations(CodeMigrations.find(codeFolder))),
                in(EnumSet.of(REPLACE, CLEAN), backup::leftOut),
                in(EnumSet.of(REPLACE, CLEAN), new ForeignPart(subject, connector)::findings),
                in(all(), backup::script),
                in(all(), backup::damage),
                in(EnumSet.of(CLEAN), obstacles::preparedTransactions),
                in(EnumSet.of(REPLACE), obstacles::subscriptions),
                in(EnumSet.of(CLEAN), obstacles::subscriptionsTwice),
                in(all(), () -> RowSecurity.of(subject)),
                in(all(), new LoadRoleCheck(subject, beside)::findings),
                in(EnumSet.of(ADD), new PresentCheck(subject, connector)::findings),
                in(EnumSet.of(ROWS), new TableCheck(subject, connector)::findings));
    }

    private List<Finding> replacement() {
        return new SwapPreflight(
                        subject.server(),
                        subject.existing().orElseThrow(),
                        subject.facts().standsBeside())
                .forRestore(
                        beside, subject.database(), subject.request().keepOld().isPresent());
    }

    private static Set<RestoreMode> all() {
        return EnumSet.allOf(RestoreMode.class);
    }

    private static Check in(Set<RestoreMode> modes, Supplier<List<Finding>> findings) {
        return new Check(modes, findings);
    }
}
