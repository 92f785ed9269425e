package dev.pgkeep.operation.status;

import dev.pgkeep.operation.status.DatabaseStatus.Point;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A status in the text format of Prometheus (version 0.0.4), for a scrape or for the textfile collector of
 * node_exporter. A database without a good backup, or without a proof, has the timestamp 0, so that {@code time() -
 * pgkeep_last_backup_timestamp_seconds > 93600} alerts for it too.
 */
public final class PrometheusText {
    private final Status status;
    private final StringBuilder out = new StringBuilder();

    private PrometheusText(Status status) {
        this.status = status;
    }

    /** Ends with a newline, as the format demands. */
    public static String of(Status status) {
        return new PrometheusText(status).text();
    }

    private String text() {
        each(
                "last_backup_timestamp_seconds",
                "When the newest good backup was made; 0 when there is none.",
                each -> seconds(
                        each.lastBackup() == null ? null : each.lastBackup().created()));
        each("last_backup_size_bytes", "Stored bytes of the newest good backup.", each -> bytes(each.lastBackup()));
        each(
                "last_backup_read_bytes",
                "Bytes of the database's tables that the newest good backup read.",
                each -> read(each.lastBackup()));
        each(
                "last_backup_duration_seconds",
                "How long the newest good backup took.",
                each -> number(each.lastBackup() == null ? 0 : each.lastBackup().seconds()));
        each(
                "last_proof_timestamp_seconds",
                "When a backup was last proven by restoring it; 0 for never.",
                each -> seconds(each.lastProof()));
        if (status.maxAge() != null) {
            each(
                    "backup_stale",
                    "Whether the newest good backup is missing or older than allowed.",
                    each -> each.stale() ? "1" : "0");
        }
        states();
        runs();
        each("backups_bytes", "Stored bytes of all backups.", each -> Long.toString(each.bytes()));
        head("repository_findings", "Things that are lost, damaged or odd in the repository as a whole.");
        out.append("pgkeep_repository_findings ")
                .append(status.findings().size())
                .append('\n');
        head("repository_free_bytes", "Bytes that can still be written in the repository.");
        out.append("pgkeep_repository_free_bytes ").append(status.freeBytes()).append('\n');
        return out.toString();
    }

    private void states() {
        head("backups", "Backups that are stored, by what is known about them.");
        for (DatabaseStatus each : status.databases()) {
            state(each, "proven", each.counts().proven());
            state(each, "checked", each.counts().checked());
            state(each, "unchecked", each.counts().unchecked());
            state(each, "damaged", each.counts().damaged());
        }
    }

    private void state(DatabaseStatus each, String state, int count) {
        sample("backups", each.database(), ",state=\"" + state + "\"", Integer.toString(count));
    }

    private void runs() {
        head("runs", "Recorded runs of backup, by how they ended.");
        for (DatabaseStatus each : status.databases()) {
            int succeeded = each.runs().succeeded();
            sample("runs", each.database(), ",outcome=\"done\"", Integer.toString(succeeded));
            int failed = each.runs().all() - succeeded;
            sample("runs", each.database(), ",outcome=\"failed\"", Integer.toString(failed));
        }
    }

    private void each(String name, String help, Function<DatabaseStatus, String> value) {
        head(name, help);
        status.databases().forEach(each -> sample(name, each.database(), "", value.apply(each)));
    }

    private void head(String name, String help) {
        out.append("# HELP pgkeep_").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE pgkeep_").append(name).append(" gauge\n");
    }

    private void sample(String name, String database, String more, String value) {
        out.append("pgkeep_")
                .append(name)
                .append("{database=\"")
                .append(escaped(database))
                .append('"');
        out.append(more).append("} ").append(value).append('\n');
    }

    static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String seconds(@Nullable Instant moment) {
        return moment == null ? "0" : number(moment.toEpochMilli() / 1000.0);
    }

    private static String read(@Nullable Point point) {
        Long read = point == null ? null : point.bytesRead();
        return Long.toString(read == null ? 0 : read);
    }

    private static String bytes(@Nullable Point point) {
        return point == null ? "0" : Long.toString(point.bytes());
    }

    /** A number without an exponent, which reads badly, and without a fraction where there is none. */
    private static String number(double value) {
        return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
