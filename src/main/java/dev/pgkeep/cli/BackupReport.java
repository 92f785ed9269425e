package dev.pgkeep.cli;

import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.DryRunJson;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Migrations;
import dev.pgkeep.operation.backup.BackupDatabase;
import dev.pgkeep.operation.backup.BackupPlan;
import dev.pgkeep.repository.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells what a backup will do, and what it has done. */
final class BackupReport {
    private final Session session;

    BackupReport(Session session) {
        this.session = session;
    }

    /** Tells what is about to be done, to what, and where it goes. */
    void announce(BackupPlan plan) {
        session.say(session.style().bold("Backup of " + plan.target().database()) + " to " + plan.repository());
        session.say(new Facts()
                .add("server", Facts.server(plan.target(), plan.server().shortVersion()))
                .add("from", plan.target().origin())
                .add(
                        "size",
                        Sizes.text(plan.facts().bytes()) + ", "
                                + Sizes.count(plan.facts().tables().size(), "table"))
                .add(
                        "migrations",
                        plan.facts().migrations().stream().findFirst().map(BackupReport::describe))
                .add(
                        "format",
                        plan.copies().stream().map(Object::toString).collect(Collectors.joining(", ")) + ", by pg_dump "
                                + plan.tools().version())
                .add("what", what(plan))
                .lines(session.style()));
        plan.notes().forEach(session.progress()::warn);
    }

    DryRunJson dryRun(BackupPlan plan) {
        session.say("Dry run: nothing was done. The backup would be named " + plan.name() + ".");
        return new DryRunJson(true, plan.name(), plan.target().database(), plan.notes());
    }

    /** Tells the result. */
    void done(BackupDatabase.Outcome outcome, Repository repository) {
        Manifest manifest = outcome.manifest();
        List<String> removed = outcome.removed();
        double ratio = manifest.bytes() == 0 ? 0 : (double) manifest.sourceBytes() / manifest.bytes();
        session.conclude(session.style().good("✓ ") + session.style().bold(manifest.name()));
        session.say(new Facts()
                .add(
                        "size",
                        Sizes.text(manifest.bytes())
                                + news(manifest)
                                + (ratio > 1.05
                                        ? String.format(
                                                java.util.Locale.ROOT, ", %.1f times smaller than the tables", ratio)
                                        : ""))
                .add(
                        "rows",
                        Sizes.count(manifest.rows()) + " in "
                                + Sizes.count(manifest.tables().size(), "table")
                                + (manifest.content() == Manifest.Content.SCHEMA ? " (schema only)" : ""))
                .add("read", ReadStory.of(manifest))
                .add(
                        "time",
                        Spans.text(Duration.ofMillis(Math.round(manifest.seconds() * 1000))) + ", "
                                + Sizes.rate(manifest.sourceBytes(), manifest.seconds()))
                .add("data", files(manifest, repository.root()))
                .add("metadata", session.path(repository.root().resolve(manifest.name() + ".json")))
                .add("sha-256", checksum(manifest))
                .add("removed", removed.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", removed)))
                .lines(session.style()));
        session.say("Take it back with: pgkeep restore " + ShellWords.word(manifest.name()));
    }

    /** The bytes of a chunked backup that were new and that were there already, in words; empty where all are new. */
    private static String news(Manifest manifest) {
        long known = manifest.bytes() - manifest.newBytes();
        return known == 0
                ? ""
                : ", of which " + Sizes.text(manifest.newBytes()) + " new and " + Sizes.text(known) + " already there";
    }

    static String describe(Migrations migrations) {
        String count = migrations.applied() < 0 ? "" : ", " + Sizes.count(migrations.applied()) + " applied";
        String head = migrations.head() == null ? "" : ", newest " + migrations.head();
        return migrations.tool() + count + head;
    }

    private static Optional<String> what(BackupPlan plan) {
        String content = switch (plan.request().content()) {
            case ALL -> "";
            case SCHEMA -> "schema only ";
            case DATA -> "rows only ";
        };
        return Optional.of((content + String.join(" ", plan.request().filters().options())).strip());
    }

    private String files(Manifest manifest, Path root) {
        return manifest.copies().stream()
                .map(copy -> session.path(root.resolve(copy.path())))
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> checksum(Manifest manifest) {
        List<Manifest.StoredFile> files = manifest.copies().getFirst().files();
        return files.size() == 1 ? Optional.of(files.getFirst().sha256()) : Optional.empty();
    }
}
