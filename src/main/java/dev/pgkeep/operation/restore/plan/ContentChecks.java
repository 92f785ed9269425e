package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.restore.source.ChunkedContents;
import dev.pgkeep.operation.restore.source.DumpSource;
import dev.pgkeep.postgres.migrations.CodeMigrations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the backup holds what is wanted, and no more than the application knows. Asks nobody anything. */
final class ContentChecks {
    private final PreflightSubject subject;

    ContentChecks(PreflightSubject subject) {
        this.subject = subject;
    }

    /**
     * Finds that the application's code is older than the backup.
     *
     * @param code the migrations that the code knows
     */
    List<Finding> migrations(Optional<CodeMigrations> code) {
        Optional<Manifest.Migrations> applied = subject.source().manifest().flatMap(Manifest::mainMigrations);
        if (applied.isEmpty() || code.isEmpty()) {
            return List.of();
        }
        Optional<String> head = Optional.ofNullable(applied.get().head());
        return code.get().isBehind(applied.get().tool(), head)
                ? List.of(Finding.note(
                        "the backup is ahead of the code: it has the migration " + head.orElse("?")
                                + ", which is not in " + code.get().folder(),
                        "check out the code that fits, or choose an older backup"))
                : List.of();
    }

    /** Finds that something is not in the backup and would be gone: nobody wants that without saying so. */
    List<Finding> leftOut() {
        Optional<Manifest> part = subject.source().manifest().filter(manifest -> !manifest.isWhole());
        if (part.isEmpty()) {
            return List.of();
        }
        return List.of(part(subject, describe(part.get())));
    }

    /** The finding that a backup is only a part of its database, and takes the place of the whole. */
    static Finding part(PreflightSubject subject, String what) {
        String text = "the backup holds only a part of its database (" + what + "): everything else that is in "
                + subject.database() + " now ";
        return subject.request().allowPartial() || subject.filled().isEmpty()
                ? Finding.note(text + "will be gone", "")
                : Finding.blocking(
                        text + "would be gone",
                        "restore it beside with --to NAME --create-db, take single tables with -t or rows alone with"
                                + " --data-only --truncate, or add --allow-partial");
    }

    private static String describe(Manifest manifest) {
        List<String> words = new ArrayList<>();
        switch (manifest.content()) {
            case SCHEMA -> words.add("the schema without rows");
            case DATA -> words.add("rows without the schema");
            case ALL -> {}
        }
        words.addAll(manifest.filters());
        return String.join(" ", words);
    }

    /** Finds what a script cannot do: be restored into one database when it makes several, or in part. */
    List<Finding> script() {
        List<Finding> findings = new ArrayList<>();
        if (subject.source() instanceof DumpSource script && script.dump().cluster()) {
            findings.add(Finding.blocking(
                    script.dump().path() + " is a dump of a whole server by pg_dumpall",
                    "restore it with: psql --file=" + script.dump().path() + " postgres"));
        }
        RestoreRequest request = subject.request();
        if (request.isPartial() && subject.contents().listing().isEmpty() && request.content() != Content.DATA) {
            findings.add(Finding.blocking(
                    "single tables cannot be taken out of a plain script",
                    "restore it whole beside (--to NAME --create-db), or take the rows alone with --data-only -t"));
        }
        return findings;
    }

    /** Finds what is damaged and left out. */
    List<Finding> damage() {
        return subject.contents().chunks().map(ChunkedContents::missing).orElse(List.of()).stream()
                .map(each -> Finding.note("damaged and left out: " + each.describe(), ""))
                .toList();
    }
}
