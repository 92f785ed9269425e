package dev.pgkeep.operation.doctor;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.inspection.Finding;
import dev.pgkeep.repository.inspection.Inspection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether the repository can be read and written. */
final class RepositoryChecks {
    private static final long LITTLE = 1L << 30;

    private final Repository repository;

    RepositoryChecks(Repository repository) {
        this.repository = repository;
    }

    void addTo(List<Check> checks) {
        Path root = repository.root();
        Path place = existing(root);
        if (!Files.isWritable(place)) {
            checks.add(Check.fail(
                    "repository",
                    "nothing can be written to " + place,
                    "sudo chown \"$(id -un)\" " + ShellWords.word(place.toString())
                            + "   or choose another place: --repo FOLDER"));
            return;
        }
        try {
            long free = repository.freeBytes();
            checks.add(
                    free < LITTLE
                            ? Check.warn(
                                    "repository",
                                    "only " + Sizes.text(free) + " are free in " + root,
                                    "free some space, or choose another place: --repo FOLDER")
                            : Check.ok("repository", describe(root)));
            List<String> left = repository.leftovers();
            if (!left.isEmpty()) {
                checks.add(Check.warn(
                        "interrupted runs",
                        "unfinished in the repository: " + String.join(", ", left),
                        "nothing to fear: the next backup finishes or removes them"));
            }
            found(Inspection.of(repository, Inspection.Depth.QUICK, Progress.SILENT, new Cancellation()), checks);
        } catch (PgkeepException e) {
            checks.add(Check.fail("repository", e.getMessage(), e.hint()));
        }
    }

    private static void found(Inspection inspection, List<Check> checks) {
        List<Finding> chunks = inspection.findings().stream()
                .filter(each -> each.kind() == Finding.Kind.CHUNKS_DAMAGED)
                .toList();
        if (!chunks.isEmpty()) {
            checks.add(Check.fail(
                    "chunks",
                    chunks.getFirst().text()
                            + (chunks.size() > 1 ? "; and " + Sizes.count(chunks.size() - 1, "more finding") : ""),
                    "pgkeep verify --all   names what is lost; pgkeep repair   makes the index again"));
        } else if (inspection.packs().isPresent()) {
            checks.add(Check.ok("chunks", Sizes.count(inspection.packs().get(), "pack") + " and their index agree"));
        }
        for (Finding each : inspection.findings()) {
            if (each.kind() != Finding.Kind.CHUNKS_DAMAGED) {
                checks.add(
                        each.kind().isDamage()
                                ? Check.fail(name(each), each.text(), each.hint())
                                : Check.warn(name(each), each.text(), each.hint()));
            }
        }
    }

    private static String name(Finding finding) {
        return finding.kind().word().replace('-', ' ');
    }

    private String describe(Path root) {
        if (!Files.exists(root)) {
            return root + " will be created by the first backup";
        }
        List<StoredBackup> all = repository.list();
        return root + " with " + Sizes.count(all.size(), "backup") + ", "
                + Sizes.text(all.stream().mapToLong(StoredBackup::newBytes).sum());
    }

    private static Path existing(Path path) {
        Path place = path;
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }
}
