package dev.pgkeep.repository;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.ManifestJson;
import dev.pgkeep.format.manifest.Summary;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.repository.StoredBackup.MarkName;
import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads what a repository holds: our backups by their metadata, and the dumps of others by what they are. */
final class Listing {
    private static final int HEAD = 4096;
    /** The number of backups that are read by several threads at once. */
    private static final int MANY = 100;

    private final Layout layout;
    private final Set<String> hidden;
    private final Map<String, List<MarkName>> marks;

    Listing(Layout layout, Set<String> hidden) {
        this.layout = layout;
        this.hidden = hidden;
        this.marks = marks(layout);
    }

    /** The backups, newest first. */
    List<StoredBackup> read() {
        if (!Files.isDirectory(layout.root())) {
            return List.of();
        }
        List<StoredBackup> found = new ArrayList<>();
        try {
            Map<String, List<Path>> byName = entries();
            byName.keySet().removeAll(hidden);
            boolean many = byName.size() > MANY;
            (many ? byName.entrySet().parallelStream() : byName.entrySet().stream())
                    .map(each -> readable(each.getKey(), each.getValue()))
                    .forEachOrdered(found::addAll);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read the repository " + layout.root());
        }
        found.sort(StoredBackup.NEWEST_FIRST);
        return List.copyOf(found);
    }

    /** Data files and folders that bear a backup's name. */
    static List<Path> dataOf(Layout layout, String name) {
        if (!Files.isDirectory(layout.root())) {
            return List.of();
        }
        try (var files = Files.list(layout.root())) {
            return files.filter(path -> ForeignDump.looksLikeOne(path)
                            && ForeignDump.nameOf(path).equals(name))
                    .toList();
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read the repository " + layout.root());
        }
    }

    static long bytesOf(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Files.size(path);
        }
        long bytes = 0;
        try (var tree = Files.walk(path)) {
            for (Path each : tree.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(each);
            }
        }
        return bytes;
    }

    private Map<String, List<Path>> entries() throws IOException {
        Map<String, List<Path>> byName = new TreeMap<>();
        try (var files = Files.list(layout.root())) {
            for (Path path : files.sorted().toList()) {
                String file = String.valueOf(path.getFileName());
                if (file.startsWith(".") || file.equals(Header.FILE) || goesWithABackup(path)) {
                    continue;
                }
                if (file.endsWith(".json") && Files.isRegularFile(path)) {
                    String name = file.substring(0, file.length() - ".json".length());
                    byName.computeIfAbsent(name, key -> new ArrayList<>()).addFirst(path);
                } else if (ForeignDump.looksLikeOne(path)) {
                    byName.computeIfAbsent(ForeignDump.nameOf(path), key -> new ArrayList<>())
                            .add(path);
                }
            }
        }
        return byName;
    }

    /** Roles and tablespaces of a backup that is stored, written or removed are no backup of their own. */
    private boolean goesWithABackup(Path path) {
        return Layout.ownerOfGlobals(path)
                .filter(owner -> hidden.contains(owner) || Files.exists(layout.metadata(owner)))
                .isPresent();
    }

    /**
     * The backups of one name; one that cannot be read, or that goes while it is looked at, does not hide the others.
     */
    private List<StoredBackup> readable(String name, List<Path> paths) {
        try {
            return backups(name, paths);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            return List.of(unreadable(
                    name,
                    paths.getFirst(),
                    FileErrors.of(e, "cannot read " + name).getMessage()));
        }
    }

    /** The backups of one name: one of ours, or one foreign dump for each file. */
    private List<StoredBackup> backups(String name, List<Path> paths) throws IOException {
        Path first = paths.getFirst();
        boolean hasMetadata = first.getFileName().toString().endsWith(".json");
        List<Path> data = hasMetadata ? paths.subList(1, paths.size()) : paths;
        if (hasMetadata) {
            Optional<byte[]> json = readOurs(first);
            if (json.isPresent()) {
                return List.of(ours(name, first, json.get(), data));
            }
        }
        if (data.isEmpty() && hasMetadata && (!marksOf(name).isEmpty() || brokenMetadata(first))) {
            // What is left of a chunked one, which has no file of its own: it must not vanish from sight.
            return List.of(unreadable(name, first, first.getFileName() + " cannot be read as metadata"));
        }
        List<StoredBackup> foreign = new ArrayList<>();
        for (Path path : data) {
            String own = data.size() == 1 ? name : path.getFileName().toString();
            foreign.add(ForeignDump.read(path, own, marksOf(own)));
        }
        if (hasMetadata && !foreign.isEmpty() && brokenMetadata(first)) {
            foreign.replaceAll(backup -> withProblem(backup, first.getFileName() + " cannot be read as metadata"));
        }
        return foreign;
    }

    private StoredBackup ours(String name, Path metadata, byte[] json, List<Path> data) throws IOException {
        try {
            Summary summary = ManifestJson.readSummary(json, metadata.toString());
            List<Path> copies = summary.copies().stream()
                    .filter(copy -> copy.format().isPortable())
                    .map(copy -> layout.root().resolve(copy.path()))
                    .toList();
            return new StoredBackup(
                    name,
                    Optional.of(summary.database()),
                    summary.created(),
                    Optional.of(summary.kind()),
                    formats(summary),
                    summary.bytes(),
                    Optional.of(summary),
                    copies,
                    Optional.of(metadata),
                    missingOrResized(summary),
                    marksOf(name));
        } catch (PgkeepException e) {
            if (data.isEmpty()) {
                return unreadable(name, metadata, e.getMessage());
            }
            StoredBackup dump = ForeignDump.read(data.getFirst(), name, marksOf(name));
            return withProblem(dump, e.getMessage());
        }
    }

    private Optional<String> missingOrResized(Summary summary) throws IOException {
        for (Manifest.Copy copy : summary.copies()) {
            for (Manifest.StoredFile file : copy.files()) {
                Path path = layout.root().resolve(file.path());
                if (!Files.exists(path)) {
                    return Optional.of(file.path() + " is missing");
                }
                if (Files.size(path) != file.bytes()) {
                    return Optional.of(file.path() + " has " + Files.size(path) + " bytes, not " + file.bytes());
                }
            }
        }
        return Optional.empty();
    }

    private StoredBackup unreadable(String name, Path metadata, String problem) {
        Instant changed;
        try {
            changed = Files.getLastModifiedTime(metadata).toInstant();
        } catch (IOException e) {
            changed = Instant.EPOCH;
        }
        return new StoredBackup(
                name,
                Optional.empty(),
                changed,
                Optional.empty(),
                "?",
                0,
                Optional.empty(),
                List.of(),
                Optional.of(metadata),
                Optional.of(problem),
                marksOf(name));
    }

    /** The marks by the name of their backup, oldest first. */
    Map<String, List<MarkName>> marks() {
        return marks;
    }

    private List<MarkName> marksOf(String name) {
        return marks.getOrDefault(name, List.of());
    }

    private static StoredBackup withProblem(StoredBackup dump, String problem) {
        return new StoredBackup(
                dump.name(),
                dump.database(),
                dump.created(),
                dump.kind(),
                dump.format(),
                dump.bytes(),
                Optional.empty(),
                dump.data(),
                dump.metadata(),
                Optional.of(problem),
                dump.marks());
    }

    /** Our own metadata says which layout it has; other tools' files beside a dump, of any size, do not. */
    private static Optional<byte[]> readOurs(Path file) throws IOException {
        try (var in = RegularFile.open(file)) {
            byte[] begin = in.readNBytes(HEAD);
            String head = new String(begin, java.nio.charset.StandardCharsets.ISO_8859_1);
            if (!head.contains("\"version\"") || !head.contains("\"name\"") || !head.contains("\"copies\"")) {
                return Optional.empty();
            }
            byte[] rest = begin.length < HEAD ? new byte[0] : in.readAllBytes();
            byte[] whole = Arrays.copyOf(begin, begin.length + rest.length);
            System.arraycopy(rest, 0, whole, begin.length, rest.length);
            return Optional.of(whole);
        }
    }

    private static boolean brokenMetadata(Path metadata) throws IOException {
        String text = new String(RegularFile.bytes(metadata), java.nio.charset.StandardCharsets.ISO_8859_1).strip();
        return !text.startsWith("{") || !text.endsWith("}");
    }

    private static String formats(Summary summary) {
        return String.join(",", summary.copies().stream().map(Listing::format).toList());
    }

    private static String format(Manifest.Copy copy) {
        boolean wrapped = copy.format() == dev.pgkeep.format.manifest.Format.PLAIN
                && copy.compression().method() != dev.pgkeep.format.manifest.Compression.Method.NONE;
        return wrapped
                ? new DumpFile(
                                Path.of(copy.path()),
                                copy.format(),
                                copy.compression().method(),
                                false)
                        .describe()
                : copy.format().word();
    }

    private static Map<String, List<MarkName>> marks(Layout layout) {
        Map<String, List<MarkName>> marks = new HashMap<>();
        if (Files.isDirectory(layout.marks())) {
            try (var files = Files.list(layout.marks())) {
                files.map(Layout::markOf)
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing(named -> named.mark().at()))
                        .forEach(named -> marks.computeIfAbsent(named.backup(), key -> new ArrayList<>())
                                .add(named.mark()));
            } catch (IOException e) {
                throw FileErrors.of(e, "cannot read " + layout.marks());
            }
        }
        return marks;
    }
}
