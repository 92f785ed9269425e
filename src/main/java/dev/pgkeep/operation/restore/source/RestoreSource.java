package dev.pgkeep.operation.restore.source;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.tools.Archive;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** The source of a restore: a dump that PostgreSQL's programs understand, or a backup of chunks. */
public sealed interface RestoreSource permits DumpSource, ChunkedSource {
    /** The name of the source in messages. */
    String name();

    /** The metadata of the source, when pgkeep made it. */
    Optional<Manifest> manifest();

    /** The stored backup, when the source is in a repository. */
    Optional<StoredBackup> backup();

    /**
     * {@code lc_monetary} under which money in it was printed; empty where neither it nor the configuration says so:
     * then it is read as the target has it.
     */
    Optional<String> moneyLocale();

    /** The format and compression of the source in a few letters. */
    String describe();

    /** The layout of its archive, which decides which pg_restore can read it; empty for scripts. */
    Optional<String> archiveVersion();

    /** The archive for choosing the programs that read it. */
    default Archive archive() {
        return new Archive(
                name(),
                archiveVersion(),
                manifest().map(each -> each.tools().pgDump()).flatMap(Version::parse),
                isTrusted());
    }

    /** Whether no program of PostgreSQL's has to read what others wrote. */
    boolean isTrusted();

    /**
     * The source in any dump file, whoever made it.
     *
     * @param moneyLocale what the configuration says about dumps that do not say it
     */
    static RestoreSource ofFile(Path path, Optional<String> moneyLocale) {
        return new DumpSource(
                String.valueOf(path.getFileName()),
                DumpFile.recognise(path),
                Optional.empty(),
                Optional.empty(),
                moneyLocale);
    }

    /**
     * A backup in a repository. Of several forms the one that restores fastest: chunks, a folder in parallel, an
     * archive, then a script.
     *
     * @throws PgkeepException BACKUP_DAMAGED when its files are not what they should be
     */
    static RestoreSource of(Repository repository, StoredBackup backup) {
        Optional<Manifest> manifest = backup.isOurs() ? Optional.of(repository.manifest(backup)) : Optional.empty();
        Optional<Manifest.Chunks> chunks = manifest.stream()
                .flatMap(each -> each.copies().stream())
                .flatMap(copy -> Optional.ofNullable(copy.chunks()).stream())
                .findFirst();
        if (chunks.isPresent()) {
            return new ChunkedSource(
                    manifest.get(), chunks.get(), backup, repository.chunks().store());
        }
        Path data = backup.data().stream()
                .min(Comparator.comparingInt(RestoreSource::preference))
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.BACKUP_DAMAGED,
                        backup.problem().orElse(backup.name() + " has no data"),
                        "choose another: pgkeep list"));
        return new DumpSource(
                backup.name(),
                DumpFile.recognise(data),
                manifest,
                Optional.of(backup),
                manifest.map(Manifest::moneyPrinted).orElseGet(repository::moneyLocale));
    }

    private static int preference(Path path) {
        String name = String.valueOf(path.getFileName());
        return Files.isDirectory(path) ? 0 : name.endsWith(".dump") ? 1 : name.endsWith(".tar") ? 2 : 3;
    }
}
