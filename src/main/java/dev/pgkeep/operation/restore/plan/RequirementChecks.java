package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.tools.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether the target's server has what the backup needs. */
final class RequirementChecks {
    private final PreflightSubject subject;

    RequirementChecks(PreflightSubject subject) {
        this.subject = subject;
    }

    /** Finds that the backup comes from a newer server. */
    List<Finding> version() {
        int major = subject.server().major();
        return subject.source().manifest().map(each -> each.server().version()).flatMap(Version::parse).stream()
                .filter(version -> version.major() > major)
                .map(version -> Finding.note(
                        "the backup is from PostgreSQL " + version.majorText() + ", the server is " + major,
                        "what the older server does not know will stop the restore; test with --to and --create-db"))
                .toList();
    }

    /**
     * Extensions that a whole restore would create in vain.
     *
     * @param available those that the server can create
     */
    List<Finding> extensions(Set<String> available) {
        if (subject.request().isPartial()) {
            return List.of();
        }
        Set<String> needed = new TreeSet<>();
        subject.source().manifest().ifPresent(each -> each.extensions().forEach(one -> needed.add(one.name())));
        subject.contents()
                .listing()
                .ifPresent(list -> list.ofType("EXTENSION").forEach(entry -> needed.add(entry.name())));
        needed.removeAll(available);
        return needed.isEmpty()
                ? List.of()
                : List.of(Finding.blocking(
                        "the server does not have the extensions " + String.join(", ", needed),
                        "install their packages on the server, for instance postgresql-"
                                + subject.server().major() + "-NAME"));
    }

    /**
     * Owners of tables that are missing, or that will be others.
     *
     * @param present roles of the server
     */
    List<Finding> roles(Set<String> present) {
        Set<String> owners = new TreeSet<>();
        subject.contents()
                .listing()
                .ifPresent(list -> list.ofType("TABLE").forEach(entry -> owners.add(entry.owner())));
        return Stream.of(subject.request().owners() ? missing(owners, present) : replaced(owners))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Finding> missing(Set<String> owners, Set<String> present) {
        owners.removeAll(present);
        return owners.isEmpty() || subject.request().globals()
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        "the server does not have the roles " + String.join(", ", owners),
                        "create them, restore them with --globals, or leave --owners out"));
    }

    private Optional<Finding> replaced(Set<String> owners) {
        String role = subject.server().role();
        owners.remove(role);
        return owners.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.note(
                        "tables of " + String.join(", ", owners) + " will belong to " + role,
                        "add --owners (and --grants) to keep owners and rights"));
    }

    /**
     * Finds that the database will lie elsewhere.
     *
     * @param present tablespaces that can be used
     */
    List<Finding> tablespace(Set<String> present) {
        return subject.source().manifest().map(each -> each.properties().tablespace()).stream()
                .filter(needed -> !present.contains(needed))
                .map(needed -> Finding.note(
                        "the tablespace " + needed + " cannot be used here", "the default one will be used"))
                .toList();
    }

    /** Finds that the server's disk is too small, where that can be seen from here. */
    List<Finding> space() {
        Optional<Path> folder = subject.server().localDataDirectory();
        Optional<Manifest> manifest = subject.source().manifest();
        if (folder.isEmpty() || manifest.isEmpty()) {
            return List.of();
        }
        try {
            return space(
                    Files.getFileStore(folder.get()).getUsableSpace(),
                    manifest.get().sourceBytes());
        } catch (IOException e) {
            // Not ours to look at: then the server will say so itself.
            return List.of();
        }
    }

    private List<Finding> space(long free, long needed) {
        return free >= needed
                ? List.of()
                : List.of(Finding.blocking(
                        "the server's disk has " + Sizes.text(free) + " free, the tables alone need "
                                + Sizes.text(needed),
                        subject.mode() == RestoreMode.REPLACE || subject.mode() == RestoreMode.CLEAN
                                ? "free space on the server: the old database stays until the new one is whole; or"
                                        + " restore to another server with --to URL"
                                : "free space on the server, or restore to another one with --to URL"));
    }
}
