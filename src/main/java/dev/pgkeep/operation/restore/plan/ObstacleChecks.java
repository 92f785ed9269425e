package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.postgres.admin.Subscriptions;
import dev.pgkeep.postgres.catalog.Writable;
import dev.pgkeep.postgres.dump.ArchiveListing;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds what on the server keeps the target from being changed. */
final class ObstacleChecks {
    private final PreflightSubject subject;
    private final Connection beside;

    ObstacleChecks(PreflightSubject subject, Connection beside) {
        this.subject = subject;
        this.beside = beside;
    }

    /** Finds that nothing can be written there. */
    List<Finding> readOnly() {
        return Writable.obstacle(beside, "").stream()
                .map(each -> Finding.blocking(each.getMessage(), each.hint()))
                .toList();
    }

    /** Finds prepared transactions: they hold locks that nobody can end, and keep the database from being dropped. */
    List<Finding> preparedTransactions() {
        return PreparedTransactions.find(beside, subject.database(), "being replaced").stream()
                .toList();
    }

    /** Finds subscriptions, which keep the database from being dropped. */
    List<Finding> subscriptions() {
        if (subject.request().keepOld().isPresent()) {
            return List.of();
        }
        return SubscriptionCheck.find(beside, subject.database(), " first, or keep the old database with --keep-old")
                .stream()
                .toList();
    }

    /** Finds subscriptions that stay when the database is emptied, and that the backup would make once more. */
    List<Finding> subscriptionsTwice() {
        String database = subject.database();
        if (subject.request().isPartial()) {
            return List.of();
        }
        Set<String> twice = new TreeSet<>(Subscriptions.of(beside, database));
        twice.retainAll(subject.contents().listing().stream()
                .flatMap(list -> list.ofType("SUBSCRIPTION").stream())
                .map(ArchiveListing.Entry::name)
                .toList());
        return twice.isEmpty()
                ? List.of()
                : List.of(Finding.blocking(
                        "subscriptions of the backup are in " + database + " already, and stay when it is emptied: "
                                + String.join(", ", twice),
                        "DROP SUBSCRIPTION in " + database + " first"));
    }
}
