package dev.pgkeep.repository;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.base.secret.KnownSecrets;
import dev.pgkeep.format.manifest.ManifestJson;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The history of a repository: a file for each run. */
final class RunFiles implements History {
    private static final int KEPT = 1000;
    /** The form of a moment in names, with as many digits every time, so that it sorts. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HHmmss-SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Layout layout;
    private final Path folder;
    private final Runnable prepare;

    /** @param prepare makes the repository ready to be written to */
    RunFiles(Layout layout, Runnable prepare) {
        this.layout = layout;
        this.prepare = prepare;
        this.folder = layout.runs();
    }

    static String id(Instant now) {
        return TIME.format(now) + "-" + randomPart();
    }

    static String randomPart() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** The oldest beyond a thousand go. */
    @Override
    public void record(Run run) {
        prepare.run();
        layout.create(folder);
        PrivateFiles.writeWhole(folder.resolve(run.id() + ".json"), ManifestJson.write(run.with(KnownSecrets::mask)));
        newestFirst().stream().skip(KEPT).forEach(each -> PrivateFiles.deleteQuietly(layout, each));
    }

    @Override
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (Path file : newestFirst()) {
            try {
                runs.add(ManifestJson.readRun(RegularFile.bytes(file), file.toString()));
            } catch (IOException | PgkeepException e) {
                // A run that was cut short while writing its record: it is history, not data.
            }
        }
        return List.copyOf(runs);
    }

    private List<Path> newestFirst() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("[^.].*\\.json"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + folder);
        }
    }
}
