package dev.pgkeep.operation.refresh.ssh;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.refresh.ssh.RemoteFiles.Found;
import dev.pgkeep.operation.refresh.ssh.RemoteFiles.Kind;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Backups on another machine. Of a repository a likeness is made here: metadata and marks as they are, and in the place
 * of every data file one of the same length that takes no space. It can be listed like the real one; then the files of
 * the chosen backup come over.
 */
public final class RemoteBackups {
    private static final Set<String> CHUNK_FOLDERS = Set.of("packs", "index", "suspect");

    private final RemotePlace place;
    private final RemoteFiles files;
    private final Path folder;
    private final Clock clock;
    private final Progress progress;
    private final Found found;

    private RemoteBackups(
            RemotePlace place, RemoteFiles files, Path folder, Clock clock, Progress progress, Found found) {
        this.place = place;
        this.files = files;
        this.folder = folder;
        this.clock = clock;
        this.progress = progress;
        this.found = found;
    }

    /**
     * Looks what is there.
     *
     * @param command the program for ssh, with options
     * @param folder where things are fetched to; empty, private, and removed by somebody else
     * @throws PgkeepException SOURCE_UNREACHABLE; BACKUP_NOT_FOUND when there is nothing
     */
    public static RemoteBackups look(
            RemotePlace place,
            List<String> command,
            Path folder,
            Clock clock,
            Progress progress,
            Cancellation cancellation) {
        progress.step("Looking at " + place);
        RemoteFiles files = new RemoteFiles(place, new Ssh(place, command, cancellation), progress);
        Found found = files.look();
        if (found.kind() == Kind.NOTHING) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_NOT_FOUND,
                    "there is no file or folder " + place.path() + " on " + place.host(),
                    "write the path as it is over there, from the root, or from the home folder with /~/");
        }
        return new RemoteBackups(place, files, folder, clock, progress, found);
    }

    /** Whether the place is one dump rather than a folder of backups. */
    public boolean isDump() {
        return found.kind() != Kind.FOLDER;
    }

    /** The dump that the place is, here. */
    public Path dump() {
        Path here = RemoteFiles.inside(folder, place.fileName());
        long bytes = found.files().values().stream().mapToLong(Long::longValue).sum();
        progress.step("Fetching " + place + ", " + Sizes.text(bytes));
        if (found.kind() == Kind.FILE) {
            files.fetchFile(bytes, here);
        } else {
            files.fetch(found.files().keySet(), found.files(), folder(here));
        }
        return here;
    }

    /** The likeness of the repository, which can be listed; of no backup is there more than its metadata. */
    public Repository likeness() {
        progress.step("Fetching the list of backups from " + place.host());
        files.fetch(
                found.files().keySet().stream()
                        .filter(RemoteBackups::isMetadata)
                        .toList(),
                found.files(),
                folder);
        found.files().forEach((name, bytes) -> {
            if (!isMetadata(name) && !CHUNK_FOLDERS.contains(name.split("/", 2)[0])) {
                placeholder(RemoteFiles.inside(folder, name), bytes);
            }
        });
        return Repository.open(folder, clock);
    }

    /** Puts the data of a backup into the likeness. */
    public void fetch(Repository likeness, StoredBackup backup) {
        progress.step("Fetching " + backup.name() + " from " + place.host());
        Optional<Manifest.Chunks> chunks = backup.isOurs()
                ? likeness.manifest(backup).copies().stream()
                        .flatMap(copy -> Optional.ofNullable(copy.chunks()).stream())
                        .findFirst()
                : Optional.empty();
        if (chunks.isPresent()) {
            fetchChunks(likeness, chunks.get());
        } else {
            Set<String> wanted = found.files().keySet().stream()
                    .filter(name -> backup.data().stream()
                            .anyMatch(data -> RemoteFiles.inside(folder, name).startsWith(data)))
                    .collect(Collectors.toCollection(TreeSet::new));
            wanted.forEach(name -> delete(RemoteFiles.inside(folder, name)));
            files.fetch(wanted, found.files(), folder);
        }
    }

    /** First the chunks that tell which chunks there are, then these. */
    private void fetchChunks(Repository likeness, Manifest.Chunks chunks) {
        fetchBelow("index/");
        ChunkStore store = likeness.chunks().store();
        Set<String> known = new TreeSet<>();
        chunks.contents().forEach(id -> addPack(store, ChunkId.of(id), known));
        fetchPacks(known);
        BackupContents.read(store, chunks).forEachChunk(id -> addPack(store, id, known));
        fetchPacks(known);
    }

    private void fetchBelow(String start) {
        files.fetch(
                found.files().keySet().stream()
                        .filter(name -> name.startsWith(start))
                        .toList(),
                found.files(),
                folder);
    }

    private void addPack(ChunkStore store, ChunkId id, Set<String> packs) {
        store.find(id).ifPresent(at -> packs.add(at.pack()));
    }

    /**
     * Fetches the packs that hold chunks of the backup; what no index names, or is not there, will be found missing
     * when the backup is checked.
     */
    private void fetchPacks(Collection<String> packs) {
        files.fetch(
                found.files().keySet().stream()
                        .filter(name -> name.startsWith("packs/") && name.endsWith(".pack"))
                        .filter(name -> packs.contains(
                                name.substring(name.lastIndexOf('/') + 1, name.length() - ".pack".length())))
                        .toList(),
                found.files(),
                folder);
    }

    private static boolean isMetadata(String name) {
        return name.startsWith("marks/") || name.endsWith(".json") && !name.contains("/");
    }

    private static Path folder(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /** Makes a file as long as the real one, and empty. */
    private static void placeholder(Path file, long bytes) {
        Path parent = file.getParent();
        if (parent != null) {
            folder(parent);
        }
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(bytes);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static PgkeepException failed(Path file, IOException e) {
        return new PgkeepException(
                ErrorCode.FILE_FAILED, "cannot write " + file + ": " + e.getMessage(), "check the disk", e);
    }
}
