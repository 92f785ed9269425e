package dev.pgkeep.operation.retention;

import dev.pgkeep.base.units.Spans;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Summary;
import dev.pgkeep.repository.StoredBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The verdicts of the rules alone about each backup, protections aside. */
final class RuleVerdicts {
    /**
     * Backups that are counted together: nothing partial displaces anything whole, nothing without rows anything with
     * some, no kind displaces another.
     */
    private record Group(Optional<Kind> kind, boolean whole, boolean rows) {
        static Group of(StoredBackup backup) {
            return new Group(
                    backup.kind(),
                    backup.summary().filter(Summary::isWhole).isPresent(),
                    backup.holdsRows()
                            || backup.summary().filter(Summary::isSchema).isPresent());
        }
    }

    private final KeepRules rules;
    private final Instant now;
    /** The number of newer checked backups of its group, for each backup. */
    private final Map<String, Integer> newerChecked = new HashMap<>();

    RuleVerdicts(List<StoredBackup> newestFirst, KeepRules rules, Instant now) {
        this.rules = rules;
        this.now = now;
        Map<Group, Integer> counts = new HashMap<>();
        for (StoredBackup backup : newestFirst) {
            Group group = Group.of(backup);
            newerChecked.put(backup.name(), counts.getOrDefault(group, 0));
            if (backup.isChecked()) {
                counts.merge(group, 1, Integer::sum);
            }
        }
    }

    Decision of(StoredBackup backup) {
        if (!rules.isSet()) {
            return Decision.keep(backup, "no rule removes it");
        }
        boolean counts = backup.isChecked();
        if (rules.keepLast().isPresent() && (counts || rules.olderThan().isEmpty())) {
            int last = rules.keepLast().getAsInt();
            if (newerChecked.getOrDefault(backup.name(), 0) < last) {
                return Decision.keep(backup, counts ? lastOnes(last) : notCounted(backup) + ", too few newer ones");
            }
        }
        return rules.olderThan().map(span -> byAge(backup, span)).orElseGet(() -> Decision.remove(backup, beyond()));
    }

    private Decision byAge(StoredBackup backup, Duration span) {
        if (!backup.created().isBefore(now.minus(span))) {
            return Decision.keep(backup, "not older than " + days(span));
        }
        return Decision.remove(
                backup,
                "older than " + days(span)
                        + (rules.keepLast().isPresent() && backup.isChecked() ? ", and " + beyond() : "")
                        + (backup.isChecked() ? "" : ", " + notCounted(backup)));
    }

    private String beyond() {
        return "not " + lastOnes(rules.keepLast().orElse(0));
    }

    private static String lastOnes(int last) {
        return last == 1 ? "the last one" : "one of the last " + last;
    }

    private static String notCounted(StoredBackup backup) {
        return backup.isDamaged() ? "damaged" : "not checked";
    }

    private static String days(Duration span) {
        long days = span.toDays();
        return span.equals(Duration.ofDays(days)) && days > 0
                ? days + (days == 1 ? " day" : " days")
                : Spans.text(span);
    }
}
