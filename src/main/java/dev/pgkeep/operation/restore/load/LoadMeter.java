package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The meter of pg_restore: how far it is, from what it says it is doing. The weight of a table is what the backup says
 * of its size.
 */
final class LoadMeter {
    private static final Pattern DATA = Pattern.compile("processing data for table \"(.*)\"$");
    private static final Pattern CREATING = Pattern.compile("creating (INDEX|CONSTRAINT|FK CONSTRAINT) \"(.*)\"$");

    private final Progress progress;
    private final Map<String, Long> bytes = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final long total;
    private long done;
    private @Nullable String current;

    LoadMeter(RestorePlan plan, Progress progress) {
        this.progress = progress;
        plan.source()
                .manifest()
                .map(Manifest::tables)
                .ifPresent(tables ->
                        tables.forEach(table -> bytes.put(table.tableName().toString(), table.bytes())));
        this.total = bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized void stderr(String line) {
        Matcher data = DATA.matcher(line);
        if (data.find() && begun.add(data.group(1))) {
            done += current == null ? 0 : bytes.getOrDefault(current, 0L);
            current = data.group(1);
            report(current);
            return;
        }
        Matcher creating = CREATING.matcher(line);
        if (creating.find()) {
            report(creating.group(1).toLowerCase(java.util.Locale.ROOT) + " " + creating.group(2));
        }
    }

    private void report(String item) {
        progress.advance(new Progress.Amount(done, total, done, item));
    }
}
