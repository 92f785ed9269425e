package dev.pgkeep.repository.inspection;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.rows.RowsReader;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.inspection.Finding.Kind;
import dev.pgkeep.repository.pack.CheckReport;
import dev.pgkeep.repository.pack.ChunkId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at a repository as a whole.
 *
 * @param findings what is wrong, the gravest first
 * @param packs how many packs were looked at; empty where there are none, and while a sweep is at work on them
 */
public record Inspection(List<Finding> findings, Optional<Integer> packs) {
    /** The depth of an inspection. */
    public enum Depth {
        /** Names, lengths, trailers, and both ends of documents: what a monitor may ask for every minute. */
        QUICK,
        /** Documents and marks are read whole. */
        FULL
    }

    /** @throws PgkeepException NO_PERMISSION, FILE_FAILED, REPOSITORY_INVALID when a newer pgkeep wrote some of it */
    public static Inspection of(Repository repository, Depth depth, Progress progress, Cancellation cancellation) {
        if (!Files.isDirectory(repository.root())) {
            return new Inspection(List.of(), Optional.empty());
        }
        var looking = new Looking(repository, depth, cancellation);
        Optional<CheckReport> chunks = repository.chunks().look(progress, cancellation);
        looking.lost();
        looking.metadata(chunks);
        chunks.ifPresent(looking::chunks);
        looking.rows();
        looking.oddities();
        return new Inspection(List.copyOf(looking.findings), chunks.map(CheckReport::packs));
    }

    /** One inspection, and what it found so far. */
    private record Looking(Repository repository, Depth depth, Cancellation cancellation, List<Finding> findings) {
        private static final String REPAIR =
                "what is lost, pgkeep verify --all names; pgkeep repair makes the index again";

        Looking(Repository repository, Depth depth, Cancellation cancellation) {
            this(repository, depth, cancellation, new ArrayList<>());
        }

        void lost() {
            for (StoredBackup each : repository.lost()) {
                add(
                        Kind.BACKUP_LOST,
                        each.name(),
                        each.name() + " is lost: " + each.problem().orElse(""),
                        "put " + each.name() + ".json back from a copy of the repository, or let it go: pgkeep delete "
                                + each.name());
            }
        }

        void metadata(Optional<CheckReport> chunks) {
            List<StoredBackup> backups = repository.list();
            backups.stream()
                    .filter(each -> chunks.isPresent() && ownChunks(each).anyMatch(chunks.get()::isUnlisted))
                    .findFirst()
                    .ifPresent(each -> add(
                            Kind.CHUNKS_DAMAGED,
                            "index",
                            "an index file is lost: packs that " + each.name()
                                    + " needs are in no index, and were asked" + " themselves",
                            REPAIR));
            for (StoredBackup each : backups) {
                if (each.metadata().isPresent()
                        && !each.isOurs()
                        && each.problem().isPresent()) {
                    add(
                            Kind.METADATA_DAMAGED,
                            each.name(),
                            each.name() + ": " + each.problem().get(),
                            "put the file back from a copy of the repository, or let it go: pgkeep delete "
                                    + each.name());
                }
                if (chunks.isPresent() && ownChunks(each).anyMatch(chunks.get()::isLost)) {
                    add(
                            Kind.CHUNKS_DAMAGED,
                            each.name(),
                            each.name() + ": the list of what it holds, or a part of its schema, is lost",
                            "put the packs back from a copy of the repository, or let it go: pgkeep delete "
                                    + each.name());
                }
            }
        }

        /** The chunks that a backup's metadata leads to at once; the rows of its tables are what verify looks for. */
        private static Stream<ChunkId> ownChunks(StoredBackup backup) {
            return backup.summary().stream()
                    .flatMap(summary -> summary.copies().stream())
                    .map(Manifest.Copy::chunks)
                    .flatMap(chunks -> chunks == null
                            ? Stream.empty()
                            : chunks.contents().stream().map(ChunkId::of));
        }

        void chunks(CheckReport report) {
            if (!report.isSound()) {
                report.findings().stream()
                        .filter(each -> each.kind() != CheckReport.Kind.PACK_UNLISTED)
                        .forEach(each -> add(Kind.CHUNKS_DAMAGED, each.path(), each.text(), REPAIR));
            }
        }

        void rows() {
            for (Path document : repository.rows().list()) {
                cancellation.check();
                try {
                    if (depth == Depth.FULL) {
                        RowsReader.check(document);
                    } else {
                        RowsReader.glance(document);
                    }
                } catch (PgkeepException e) {
                    // One that went with its backup meanwhile is not damaged.
                    if (Files.exists(document)) {
                        add(Kind.ROWS_DAMAGED, shown(document), "rows/" + e.getMessage(), e.hint());
                    }
                }
            }
        }

        void oddities() {
            if (repository.hasLostItsHeader()) {
                add(
                        Kind.HEADER_MISSING,
                        "pgkeep.json",
                        "pgkeep.json, by which the repository is known, is missing",
                        "put it back from a copy of the repository; the next backup writes a new one");
            }
            repository
                    .strangers()
                    .forEach(file -> add(
                            Kind.FILE_UNKNOWN,
                            shown(file),
                            shown(file) + " is none of pgkeep's files",
                            "move it away: pgkeep neither reads nor removes it"));
            if (depth == Depth.FULL) {
                repository
                        .unreadableMarks()
                        .forEach(file -> add(
                                Kind.MARK_UNREADABLE,
                                shown(file),
                                shown(file) + " cannot be read; what its name says still counts",
                                "pgkeep verify looks again at that backup, and writes a new mark"));
            }
        }

        private String shown(Path file) {
            return repository.root().relativize(file).toString().replace('\\', '/');
        }

        private void add(Kind kind, String subject, String text, String hint) {
            findings.add(new Finding(kind, subject, text, hint));
        }
    }
}
