package dev.pgkeep.operation.doctor;

import dev.pgkeep.postgres.catalog.CollationVersions;
import dev.pgkeep.postgres.catalog.CollationVersions.Mismatch;
import dev.pgkeep.postgres.catalog.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;

/** Checks that texts still sort as indexes have them, and that databases can be made. */
final class CollationChecks {
    private static final String NAME = "collations";

    private final CollationVersions versions;

    CollationChecks(Connection connection) {
        this.versions = new CollationVersions(connection);
    }

    void addTo(List<Check> checks) {
        List<Mismatch> databases = versions.databases();
        List<Mismatch> collations = versions.collations();
        databases.forEach(each -> checks.add(of(each)));
        if (!collations.isEmpty()) {
            checks.add(Check.warn(
                    NAME,
                    collations.stream().map(Mismatch::text).collect(Collectors.joining("; "))
                            + ": indexes may have texts in another order than queries expect",
                    "REINDEX what uses them, then: "
                            + collations.stream()
                                    .map(each -> "ALTER COLLATION " + Sql.identifier(each.name()) + " REFRESH VERSION;")
                                    .collect(Collectors.joining(" "))));
        }
        if (databases.isEmpty() && collations.isEmpty()) {
            checks.add(Check.ok(NAME, "of the versions that the server's libraries have"));
        }
    }

    private static Check of(Mismatch database) {
        String refresh = "ALTER DATABASE " + Sql.identifier(database.name()) + " REFRESH COLLATION VERSION";
        return switch (database.name()) {
            case "template0" ->
                Check.fail(
                        NAME,
                        database.text() + ": no database can be created from it, so nothing can be restored",
                        "after a REINDEX, if somebody put something into it: " + refresh);
            case "template1" ->
                Check.warn(
                        NAME,
                        database.text() + ": CREATE DATABASE and createdb fail without another template",
                        "connect to it and REINDEX DATABASE template1; then: " + refresh);
            default ->
                Check.warn(
                        NAME,
                        database.text() + ": its indexes may have texts in another order than queries expect",
                        "REINDEX DATABASE " + Sql.identifier(database.name()) + "; then: " + refresh);
        };
    }
}
