package dev.pgkeep.operation.retention;

import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Summary;
import dev.pgkeep.repository.StoredBackup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The backups of one database that no rule removes: what the next restore may depend on. */
final class Protections {
    private final List<StoredBackup> ours;
    private final Map<String, String> reasons = new LinkedHashMap<>();

    private Protections(List<StoredBackup> newestFirst) {
        this.ours = newestFirst.stream().filter(StoredBackup::isOurs).toList();
    }

    /** Names of backups and the reason why they must stay, of backups sorted newest first. */
    static Map<String, String> of(List<StoredBackup> newestFirst) {
        var protections = new Protections(newestFirst);
        protections.add("newest proven", StoredBackup::isProven);
        protections.add("newest checked", StoredBackup::isChecked);
        protections.add("newest checked that holds rows", backup -> backup.isChecked() && backup.holdsRows());
        if (protections.newest(backup -> backup.isChecked() && isWhole(backup)).isEmpty()) {
            protections.add("newest whole one, none is checked", backup -> isWhole(backup) && !backup.isDamaged());
        }
        if (protections.reasons.isEmpty()) {
            protections.add("nothing better is left", backup -> true);
        }
        return protections.reasons;
    }

    /**
     * Protects the newest that fits, and, where that is the safety backup of a restore (it may hold the very damage
     * that the restore undid), the newest other one too.
     */
    private void add(String reason, Predicate<StoredBackup> fits) {
        newest(fits).ifPresent(backup -> reasons.putIfAbsent(backup.name(), reason));
        newest(fits.and(backup -> !backup.kind().equals(Optional.of(Kind.PRE_RESTORE))))
                .ifPresent(backup -> reasons.putIfAbsent(backup.name(), reason));
    }

    /** The newest whole one that fits, else the newest. */
    private Optional<StoredBackup> newest(Predicate<StoredBackup> fits) {
        return ours.stream()
                .filter(fits.and(Protections::isWhole))
                .findFirst()
                .or(() -> ours.stream().filter(fits).findFirst());
    }

    private static boolean isWhole(StoredBackup backup) {
        return backup.summary().filter(Summary::isWhole).isPresent();
    }
}
