package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.dump.ArchiveListing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables whose rows the connected role would not see. What it cannot see it can neither back up, nor compare with a
 * backup, nor mask: a restore would only find that out when the old database is gone.
 */
public final class RowSecurity {
    private static final String BYPASS = "connect as a superuser, or have it allowed: ALTER ROLE %s BYPASSRLS";

    private RowSecurity() {}

    /** Finds row security in the backup and in the target that would be in the way of a restore. */
    static List<Finding> of(PreflightSubject subject) {
        return Stream.of(
                        ofBackup(subject.request(), subject.contents(), subject.server()),
                        subject.filled()
                                .filter(each -> subject.request().safetyBackup())
                                .flatMap(each -> ofTarget(each, subject.server())))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Rows of the backup that would be hidden once they are restored: those of tables with {@code FORCE ROW LEVEL
     * SECURITY}, for others belong to the role that restores them. Scripts do not tell before they are read.
     */
    private static Optional<Finding> ofBackup(RestoreRequest request, SourceContents contents, ServerInfo server) {
        if (server.superuser() || server.bypassRowSecurity() || request.content() == Content.SCHEMA) {
            return Optional.empty();
        }
        return finding(
                contents.listing().map(ArchiveListing::hidingFromOwner).stream()
                        .flatMap(tables -> tables.stream())
                        .filter(request::wants)
                        .toList(),
                "row security of the backup's tables, which they force on their owner, would hide rows from ",
                server);
    }

    /** Rows that would have to be in the safety backup. */
    public static Optional<Finding> ofTarget(ExistingDatabase existing, ServerInfo server) {
        return finding(
                existing.tables().stream()
                        .filter(TableInfo::rowsHidden)
                        .map(TableInfo::name)
                        .toList(),
                "the database could not be backed up before: row security hides rows from ",
                server);
    }

    private static Optional<Finding> finding(List<TableName> tables, String text, ServerInfo server) {
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        text + server.role() + ": "
                                + tables.stream()
                                        .map(TableName::toString)
                                        .sorted()
                                        .collect(Collectors.joining(", ")),
                        BYPASS.formatted(server.role())));
    }
}
