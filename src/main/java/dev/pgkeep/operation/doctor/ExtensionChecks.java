package dev.pgkeep.operation.doctor;

import dev.pgkeep.format.manifest.Manifest.ExtensionVersion;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the extensions that the database and its newest backup need can be created on this server. */
final class ExtensionChecks {
    private final Catalog catalog;
    private final Optional<Repository> repository;
    private final Target target;

    ExtensionChecks(Catalog catalog, Optional<Repository> repository, Target target) {
        this.catalog = catalog;
        this.repository = repository;
        this.target = target;
    }

    void addTo(List<Check> checks) {
        Set<String> needed = new TreeSet<>();
        catalog.extensions().stream().map(ExtensionVersion::name).forEach(needed::add);
        repository
                .flatMap(this::newestGood)
                .ifPresent(backup -> repository
                        .orElseThrow()
                        .manifest(backup)
                        .extensions()
                        .forEach(extension -> needed.add(extension.name())));
        Set<String> missing = new TreeSet<>(needed);
        missing.removeAll(catalog.availableExtensions());
        checks.add(
                missing.isEmpty()
                        ? Check.ok(
                                "extensions",
                                needed.isEmpty() ? "none in use" : "available: " + String.join(", ", needed))
                        : Check.warn(
                                "extensions",
                                "this server cannot create " + String.join(", ", missing) + ", so restores to it fail",
                                "install the server's package of " + String.join(", ", missing)));
    }

    private Optional<StoredBackup> newestGood(Repository found) {
        return found.list().stream()
                .filter(backup -> backup.isChecked()
                        && backup.isOurs()
                        && backup.database().equals(Optional.of(target.database())))
                .findFirst();
    }
}
