package dev.pgkeep.repository;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.ManifestJson;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.repository.StoredBackup.MarkName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Backups that marks or runs name, whose metadata is not there although nobody removed them with pgkeep: a removal
 * takes the marks along, and stands in the history before it begins.
 */
final class LostBackups {
    /** A key of marks on dumps that pgkeep did not make: these are their owners' business. */
    private static final String FOREIGN = "foreign";

    private final Layout layout;
    private final List<Run> runs;
    /** Names of what is there, written or removed right now. */
    private final Set<String> known = new HashSet<>();

    /** Files that bear the name of a backup and have no metadata: dumps of others, unless we know better. */
    private final Map<String, List<Path>> dumps = new HashMap<>();

    private final Map<String, StoredBackup> lost = new TreeMap<>();

    LostBackups(Layout layout, List<Run> newestFirst) {
        this.layout = layout;
        this.runs = newestFirst;
    }

    static Mark ofForeign(Mark mark) {
        Map<String, String> details = new TreeMap<>(mark.details());
        details.put(FOREIGN, "yes");
        return new Mark(mark.backup(), mark.type(), mark.at(), details);
    }

    List<StoredBackup> find() {
        Listing listing = new Listing(layout, Set.of());
        // Before the list: what was committed or removed meanwhile is in one of the two.
        known.addAll(new WorkFolders(layout).names());
        for (StoredBackup backup : listing.read()) {
            if (backup.metadata().isPresent()) {
                known.add(backup.name());
            } else {
                dumps.put(backup.name(), backup.data());
            }
        }
        Map<String, List<MarkName>> marks = listing.marks();
        Set<String> removed = new HashSet<>();
        Set<String> made = new HashSet<>();
        for (Run run : runs) {
            Optional.ofNullable(run.removed()).orElse(List.of()).stream()
                    .filter(name -> !made.contains(name))
                    .forEach(removed::add);
            String name = run.backup();
            if (name != null && isTelling(run) && made.add(name) && !isAccountedFor(name, removed)) {
                add(name, run, marks.getOrDefault(name, List.of()));
            }
        }
        // Where the history is younger than the marks, or was written by an earlier pgkeep.
        marks.forEach((name, named) -> {
            boolean ours = dumps.containsKey(name) ? isOfOurs(named) : !isForeign(named);
            if (!isAccountedFor(name, removed) && !lost.containsKey(name) && ours) {
                add(name, null, named);
            }
        });
        return List.copyOf(lost.values());
    }

    private boolean isAccountedFor(String name, Set<String> removed) {
        return known.contains(name) || removed.contains(name);
    }

    /** Whether a run says that a backup was made, and whoever removed that would have said so too. */
    private static boolean isTelling(Run run) {
        return run.command().equals("backup") && run.succeeded() && run.removed() != null;
    }

    private static boolean isForeign(List<MarkName> marks) {
        return marks.stream().allMatch(mark -> details(mark).containsKey(FOREIGN));
    }

    /** Whether a backup said so when it was made. */
    private static boolean isOfOurs(List<MarkName> marks) {
        return marks.stream().anyMatch(mark -> "backup".equals(details(mark).get("by")));
    }

    private static Map<String, String> details(MarkName mark) {
        try {
            return ManifestJson.readMark(
                            Files.readAllBytes(mark.file()), mark.file().toString())
                    .details();
        } catch (IOException | PgkeepException e) {
            // Its name says enough.
            return Map.of();
        }
    }

    private void add(String name, @Nullable Run run, List<MarkName> named) {
        Instant at = run != null
                ? run.started()
                : named.stream().map(MarkName::at).min(Instant::compareTo).orElse(Instant.EPOCH);
        boolean both = run != null && !named.isEmpty();
        List<Path> data = dumps.getOrDefault(name, List.of());
        String who = both ? "marks and the history name" : run != null ? "the history names" : "marks name";
        lost.put(
                name,
                new StoredBackup(
                        name,
                        Optional.ofNullable(run).map(Run::database).filter(database -> !database.isEmpty()),
                        at,
                        Optional.empty(),
                        "?",
                        0,
                        Optional.empty(),
                        data,
                        Optional.of(layout.metadata(name)),
                        Optional.of(
                                data.isEmpty()
                                        ? name + ".json is missing, and so is every file of " + name + ", which " + who
                                        : name + ".json is missing, and "
                                                + data.getFirst().getFileName() + " is all that is left of " + name
                                                + ", which " + who),
                        named));
    }
}
