package dev.pgkeep.postgres.swap;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.CommentedDatabase;
import java.sql.Connection;
import java.util.Optional;
import java.util.regex.Pattern;

/** Databases of a server by their names. */
final class Databases {
    private final Connection connection;

    Databases(Connection connection) {
        this.connection = connection;
    }

    Optional<CommentedDatabase> find(String name) {
        // Any character stands for those that a pattern would have to quote; the name decides.
        String pattern = Pattern.compile("[^A-Za-z0-9_]").matcher(name).replaceAll(".");
        return new Catalog(connection)
                .commentedDatabases(pattern).stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst();
    }

    CommentedDatabase require(String name) {
        return find(name)
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.DATABASE_MISSING, "there is no database " + name + " any more", "see: pgkeep db"));
    }
}
