package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.plan.RestoreMode.Refusal;
import dev.pgkeep.postgres.catalog.ConnectionInUse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the target is such that it can get its new content as it is meant to. Asks nobody anything. */
final class TargetChecks {
    private final PreflightSubject subject;

    TargetChecks(PreflightSubject subject) {
        this.subject = subject;
    }

    /** Finds that the target is emptied rather than made anew, where nobody asked for that. */
    List<Finding> emptiedInstead() {
        if (subject.request().clean()) {
            return List.of(Finding.note(
                    "what is written to " + subject.database() + " after its safety backup is lost, and others wait"
                            + " while it is replaced",
                    "stop the application first"));
        }
        return List.of(Finding.note(
                "the role " + subject.server().role() + " may not drop and create " + subject.database()
                        + ": the objects inside are replaced instead, in one transaction",
                "what is written after the safety backup is lost, and others wait: stop the application first"));
    }

    /** Finds settings of other roles in the database, which only who may alter those roles can make again. */
    List<Finding> settingsOfOthers() {
        if (subject.server().superuser() || subject.request().keepOld().isPresent()) {
            return List.of();
        }
        List<String> settings = subject.existing().stream()
                .flatMap(each -> each.properties().settings().stream())
                .filter(each -> each.role() != null
                        && !each.role().equals(subject.server().role()))
                .map(each -> each.name() + " of " + each.role())
                .toList();
        return settings.isEmpty()
                ? List.of()
                : List.of(Finding.note(
                        "settings of other roles in the database may not be made again by "
                                + subject.server().role() + ", and are lost then: " + String.join(", ", settings),
                        "--in-place leaves them as they are; or restore as a superuser"));
    }

    /** Finds why the target is not such as the mode needs it. */
    List<Finding> refusals() {
        return subject.mode().refusals(subject.facts()).stream()
                .map(this::worded)
                .toList();
    }

    private Finding worded(Refusal refusal) {
        String database = subject.database();
        String role = subject.server().role();
        return switch (refusal) {
            case NOT_EMPTY ->
                Finding.blocking(
                        "the database " + database + " is not empty",
                        "replace it with --drop-existing, or choose another name with --to NAME --create-db");
            case NOT_TO_BE_CREATED ->
                Finding.blocking("there is no database " + database, "add --create-db to create it");
            case MAY_NOT_CREATE ->
                Finding.blocking(
                        "the role " + role + " may not create databases",
                        "have an empty database created for you, or: ALTER ROLE " + role + " CREATEDB");
            case NOTHING_TO_FILL ->
                Finding.blocking("there is no database " + database + " to put rows into", "leave --data-only out");
        };
    }

    /** Finds that the target cannot hold all characters of the backup. */
    List<Finding> encoding() {
        Optional<String> stored =
                subject.source().manifest().map(Manifest::properties).map(DatabaseProperties::encoding);
        Optional<String> there =
                subject.existing().map(each -> each.properties().encoding());
        if (stored.isEmpty() || there.isEmpty() || stored.equals(there)) {
            return List.of();
        }
        return List.of(Finding.note(
                "the backup is encoded in " + stored.get() + ", the database in " + there.get(),
                "characters that " + there.get() + " does not have will stop the restore"));
    }

    /** Finds who will be thrown out. */
    List<Finding> connections() {
        List<ConnectionInUse> connections =
                subject.existing().map(ExistingDatabase::connections).orElse(List.of());
        if (connections.isEmpty()) {
            return List.of();
        }
        return List.of(Finding.note(
                Sizes.count(connections.size(), "connection") + " to " + subject.database() + " will be ended: "
                        + connections.stream()
                                .limit(5)
                                .map(TargetChecks::describe)
                                .collect(Collectors.joining(", ")),
                ""));
    }

    private static String describe(ConnectionInUse connection) {
        String who = connection.user().orElse("somebody") + "@" + connection.client();
        return connection.application().isEmpty() ? who : who + " (" + connection.application() + ")";
    }
}
