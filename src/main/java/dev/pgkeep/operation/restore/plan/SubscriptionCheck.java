package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.postgres.admin.Subscriptions;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/** A database with subscriptions is not dropped by the server. */
public final class SubscriptionCheck {
    private SubscriptionCheck() {}

    /** Finds that a database which is to be dropped has subscriptions, and cannot be. */
    public static Optional<Finding> find(Connection beside, String database, String hint) {
        List<String> names = Subscriptions.of(beside, database);
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        Sizes.count(names.size(), "subscription") + (names.size() == 1 ? " keeps " : " keep ")
                                + database + " from being dropped: " + String.join(", ", names),
                        "DROP SUBSCRIPTION in " + database + hint));
    }
}
