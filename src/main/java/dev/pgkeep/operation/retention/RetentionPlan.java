package dev.pgkeep.operation.retention;

import dev.pgkeep.repository.StoredBackup;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The plan that rules make for the backups of one database: a decision for each, newest first. Backups of other
 * databases are not in it; dumps that pgkeep did not make are, as far as they may be of this database, and stay.
 *
 * @param made the moment that ages are counted from
 */
public record RetentionPlan(String database, KeepRules rules, Instant made, List<Decision> decisions) {
    public RetentionPlan {
        decisions = List.copyOf(decisions);
    }

    /** Decides; nothing is read or changed. The order of the listing does not matter. */
    public static RetentionPlan of(List<StoredBackup> all, String database, KeepRules rules, Instant now) {
        List<StoredBackup> own = all.stream()
                .filter(backup ->
                        backup.database().map(name -> name.equals(database)).orElse(!backup.isOurs()))
                .sorted(StoredBackup.NEWEST_FIRST)
                .toList();
        Map<String, String> protections = Protections.of(own);
        var verdicts = new RuleVerdicts(own, rules, now);
        return new RetentionPlan(
                database,
                rules,
                now,
                own.stream()
                        .map(backup -> decide(backup, rules, protections, verdicts))
                        .toList());
    }

    public List<StoredBackup> kept() {
        return chosen(true);
    }

    public List<StoredBackup> removed() {
        return chosen(false);
    }

    /** Bytes that removing frees. */
    public long removedBytes() {
        return removed().stream().mapToLong(StoredBackup::bytes).sum();
    }

    private List<StoredBackup> chosen(boolean keep) {
        return decisions.stream()
                .filter(decision -> decision.keep() == keep)
                .map(Decision::backup)
                .toList();
    }

    private static Decision decide(
            StoredBackup backup, KeepRules rules, Map<String, String> protections, RuleVerdicts verdicts) {
        if (!backup.isOurs()) {
            boolean broken = backup.metadata().isPresent() && backup.problem().isPresent();
            return Decision.keep(backup, broken ? "its metadata cannot be read" : "not a backup of pgkeep");
        }
        if (backup.isPinned()) {
            return Decision.keep(backup, "pinned");
        }
        if (rules.kind().isPresent() && !rules.kind().equals(backup.kind())) {
            return Decision.keep(backup, "not " + rules.kind().get());
        }
        Decision byRules = verdicts.of(backup);
        String protection = protections.get(backup.name());
        return byRules.keep() || protection == null ? byRules : Decision.keep(backup, protection);
    }
}
