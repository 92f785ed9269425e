package dev.pgkeep.repository;

import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.format.manifest.Summary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A restorable thing in a repository: a backup that pgkeep made, or a dump that somebody put there.
 *
 * @param name its name; for a foreign dump the file name without its ending
 * @param database its database, where known
 * @param created when it was made, as far as known (for a foreign dump what is beside it says, else the file's time)
 * @param kind why it was made; empty for a foreign dump
 * @param format its format in words, for instance {@code custom}, {@code plain+zstd}
 * @param bytes stored bytes
 * @param summary its metadata without tables; empty for a foreign dump, and for one whose metadata is garbage
 * @param data its files or folders, best one for restoring first
 * @param metadata the metadata file, if there is one
 * @param problem why it cannot be trusted as it lies there, for instance unreadable metadata or a missing file
 * @param marks what was learned about it, oldest first
 */
public record StoredBackup(
        String name,
        Optional<String> database,
        Instant created,
        Optional<Kind> kind,
        String format,
        long bytes,
        Optional<Summary> summary,
        List<Path> data,
        Optional<Path> metadata,
        Optional<String> problem,
        List<MarkName> marks) {

    /** Newest first; names break ties, so that the order never changes between two runs. */
    public static final Comparator<StoredBackup> NEWEST_FIRST = Comparator.comparing(StoredBackup::created)
            .thenComparing(StoredBackup::name)
            .reversed();

    /** The facts that the name of a mark's file tells: enough for listings, without opening it. */
    public record MarkName(Mark.Type type, Instant at, Path file) {}

    /** Whether pgkeep made it (it then has metadata to hold it against). */
    public boolean isOurs() {
        return summary.isPresent();
    }

    /** Checked, and nothing bad was learned since. */
    public boolean isChecked() {
        return isGood() && (newest(Mark.Type.CHECKED) != null || newest(Mark.Type.PROVEN) != null);
    }

    /** Proven, and nothing bad was learned since. */
    public boolean isProven() {
        return isGood() && newest(Mark.Type.PROVEN) != null;
    }

    public boolean isPinned() {
        Instant pinned = newest(Mark.Type.PINNED);
        Instant unpinned = newest(Mark.Type.UNPINNED);
        return pinned != null && (unpinned == null || pinned.isAfter(unpinned));
    }

    /** Known to be damaged: its last examination failed, or something is missing. */
    public boolean isDamaged() {
        return !isGood();
    }

    /** Moment of the last mark of a type. */
    public @Nullable Instant newest(Mark.Type type) {
        return marks.stream()
                .filter(mark -> mark.type() == type)
                .map(MarkName::at)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The state as one word for listings: {@code proven}, {@code checked}, {@code damaged}, or a dash. */
    public String state() {
        return isDamaged() ? "damaged" : isProven() ? "proven" : isChecked() ? "checked" : "–";
    }

    /** Whether it holds any row; what pgkeep did not make may. */
    public boolean holdsRows() {
        return summary.map(Summary::holdsRows).orElse(true);
    }

    /** Whether one of its forms is chunked. */
    public boolean hasChunks() {
        return summary.filter(known ->
                        known.copies().stream().anyMatch(copy -> !copy.format().isPortable()))
                .isPresent();
    }

    /** Bytes of files of its own, which go with it; chunks go only when no other backup needs them. */
    public long fileBytes() {
        return summary.map(known -> known.copies().stream()
                        .filter(copy -> copy.format().isPortable())
                        .mapToLong(Manifest.Copy::totalBytes)
                        .sum())
                .orElse(bytes);
    }

    /** The bytes that the backup added to the repository when it was made; the rest was there already. */
    public long newBytes() {
        return summary.map(Summary::newBytes).orElse(bytes);
    }

    public Map<String, String> tags() {
        return summary.map(Summary::tags).orElse(Map.of());
    }

    public Optional<String> label() {
        return summary.map(Summary::label);
    }

    private boolean isGood() {
        Instant damaged = newest(Mark.Type.DAMAGED);
        if (damaged == null) {
            return problem.isEmpty();
        }
        Instant checked = newest(Mark.Type.CHECKED);
        Instant proven = newest(Mark.Type.PROVEN);
        boolean healed = (checked != null && checked.isAfter(damaged)) || (proven != null && proven.isAfter(damaged));
        return healed && problem.isEmpty();
    }
}
