package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.postgres.admin.CatalogNames;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Transactions that were prepared and neither committed nor rolled back. They belong to no session that could be ended,
 * and as long as they are there the server drops and renames no database, and their locks stay.
 */
public final class PreparedTransactions {
    private static final String NAMES = "select gid from pg_prepared_xacts where database = ? order by gid";

    private PreparedTransactions() {}

    /**
     * Looks for them.
     *
     * @param beside a connection to any database of the server
     * @param what what they keep the database from: {@code being renamed}
     */
    public static Optional<Finding> find(Connection beside, String database, String what) {
        List<String> names = names(beside, database);
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        Sizes.count(names.size(), "prepared transaction")
                                + (names.size() == 1 ? " keeps " : " keep ") + database + " from " + what + ": "
                                + String.join(", ", names),
                        "end " + (names.size() == 1 ? "it" : "each of them") + " in " + database
                                + " with COMMIT PREPARED or ROLLBACK PREPARED"));
    }

    private static List<String> names(Connection beside, String database) {
        try {
            return CatalogNames.ask(beside, NAMES, database);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking for prepared transactions in " + database);
        }
    }
}
