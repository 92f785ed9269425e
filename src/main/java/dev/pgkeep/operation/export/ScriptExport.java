package dev.pgkeep.operation.export;

import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.pgtext.TypePrinters;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.Skeleton;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.dump.ClientEncoding;
import dev.pgkeep.postgres.dump.CompressedScript;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.contents.rows.TableRows;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a backup of chunks as a script, or as a kit where a table cannot be printed. Needs no server. */
final class ScriptExport {
    private static final int BUFFER = 1 << 17;
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final byte[] TRAILER = {-1, -1};

    private final ChunkedSource source;
    private final ExportRequest request;
    private final ClientSet tools;
    private final Progress progress;
    private final Cancellation cancellation;
    private final List<TableContents> tables;
    private final Charset charset;
    private final TableRows rows;

    ScriptExport(
            ChunkedSource source,
            ExportRequest request,
            ClientSet tools,
            Progress progress,
            Cancellation cancellation) {
        this.source = source;
        this.request = request;
        this.tools = tools;
        this.progress = progress;
        this.cancellation = cancellation;
        this.tables = source.contents().tables().stream()
                .sorted(Comparator.comparing(TableContents::name))
                .toList();
        this.charset = ClientEncoding.charset(source.metadata().properties().encoding());
        long inAll = tables.stream().mapToLong(table -> table.content().rows()).sum();
        this.rows = new TableRows(source.store(), inAll, progress, cancellation);
    }

    ExportResult run() {
        try (Skeleton archive = source.skeletonFile(cancellation)) {
            SkeletonScript skeleton = new SkeletonScript(
                    new DumpReader(tools, cancellation),
                    archive.dump(),
                    Scripts.choice(request, source.metadata()).without(names()));
            TypePrinters printers = printers(skeleton);
            Map<TableContents, String> binary = binary(printers);
            return binary.isEmpty() ? script(skeleton, printers) : kit(skeleton, printers, binary);
        } catch (IOException e) {
            throw FileProblem.ofTemporaryFile(e);
        }
    }

    /**
     * The names of the tables whose rows are written here; of odd names pg_dump cannot be told to leave the rows out:
     * then the skeleton holds them too.
     */
    private Set<TableName> names() {
        return tables.stream().map(TableContents::name).collect(Collectors.toSet());
    }

    private TypePrinters printers(SkeletonScript skeleton) throws IOException {
        ByteArrayOutputStream definitions = new ByteArrayOutputStream();
        skeleton.types(definitions);
        return new TypePrinters(
                definitions.toString(charset), source.metadata().server().versionNumber());
    }

    /** Tables that cannot be printed, and why. */
    private Map<TableContents, String> binary(TypePrinters printers) {
        Map<TableContents, String> binary = new LinkedHashMap<>();
        for (TableContents table : tables) {
            ScriptRows.unprintable(printers, table)
                    .ifPresent(column -> binary.put(
                            table,
                            table.name() + ": column " + column.name() + " is of the type " + column.type()
                                    + ", which only the server can print"));
        }
        return binary;
    }

    private ExportResult script(SkeletonScript skeleton, TypePrinters printers) {
        Compression compression = request.compression().orElse(Compression.NONE);
        Path place = Scripts.place(
                request.to(), source.name() + ".sql" + compression.method().extension());
        try (Draft draft = new Draft(place, request.overwrite())) {
            try {
                progress.step("Writing " + place.getFileName());
                try (OutputStream out = open(draft.path(), compression)) {
                    write(skeleton, printers, out, Map.of());
                }
                return result("plain", place, draft.commit(), List.of(), Scripts.psql(place, compression.method()));
            } catch (IOException e) {
                throw draft.failure(e);
            }
        }
    }

    private ExportResult kit(SkeletonScript skeleton, TypePrinters printers, Map<TableContents, String> binary) {
        Path place = Scripts.place(Scripts.withoutEnding(request.to()), source.name() + "-kit");
        try (Draft draft = new Draft(place, request.overwrite())) {
            try {
                draft.makeFolder();
                progress.step("Writing " + place.getFileName() + ", a folder: not every table can be printed");
                Path folder = draft.path();
                Files.createDirectory(folder.resolve("rows"));
                try (OutputStream out = open(folder.resolve("restore.sql"), Compression.NONE)) {
                    write(skeleton, printers, out, files(binary, folder));
                }
                List<String> lines = List.of(
                        "createdb --template=template0 NEW_DATABASE",
                        "cd " + ShellWords.word(place.toString())
                                + " && psql --no-psqlrc --set=ON_ERROR_STOP=1 --dbname=NEW_DATABASE"
                                + " --file=restore.sql");
                try (OutputStream out = Draft.create(folder.resolve("README.txt"))) {
                    out.write(readme(List.copyOf(binary.values())).getBytes(StandardCharsets.UTF_8));
                }
                return result("kit", place, draft.commit(), List.copyOf(binary.values()), lines);
            } catch (IOException e) {
                throw draft.failure(e);
            }
        }
    }

    private static Map<TableContents, Path> files(Map<TableContents, String> binary, Path folder) {
        Map<TableContents, Path> files = new LinkedHashMap<>();
        for (TableContents table : binary.keySet()) {
            String number = Integer.toString(files.size() + 1);
            files.put(
                    table,
                    folder.resolve("rows").resolve("0".repeat(Math.max(0, 4 - number.length())) + number + ".copy"));
        }
        return files;
    }

    private void write(SkeletonScript skeleton, TypePrinters printers, OutputStream out, Map<TableContents, Path> files)
            throws IOException {
        Manifest metadata = source.metadata();
        out.write(SessionSettings.reading(false, source.moneyLocale()).getBytes(StandardCharsets.US_ASCII));
        skeleton.before(out);
        ScriptRows script =
                new ScriptRows(printers, rows, out, metadata.properties().encoding(), charset, source.moneyLocale());
        script.begin();
        List<TableContents> loaded = new ArrayList<>(files.keySet());
        for (TableContents table : tables) {
            Path file = files.get(table);
            if (file == null) {
                script.print(table);
            } else {
                binaryRows(table, file);
                script.load(table, "rows/" + file.getFileName(), loaded.indexOf(table) + 1);
            }
        }
        skeleton.after(out);
    }

    private void binaryRows(TableContents table, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Draft.create(file), BUFFER)) {
            out.write(HEADER);
            rows.read(table, out::write);
            out.write(TRAILER);
        }
    }

    private static OutputStream open(Path file, Compression compression) throws IOException {
        return new BufferedOutputStream(
                CompressedScript.open(new BufferedOutputStream(Draft.create(file), BUFFER), compression), BUFFER);
    }

    private ExportResult result(String format, Path place, long bytes, List<String> binary, List<String> restore) {
        return new ExportResult(source.name(), format, place, tables.size(), rows.count(), bytes, binary, restore);
    }

    private String readme(List<String> why) {
        return """
                Backup %s of the database %s, to be restored with psql alone.

                Make an empty database, go into this folder, and run:

                    createdb --template=template0 NEW_DATABASE
                    psql --no-psqlrc --set=ON_ERROR_STOP=1 --dbname=NEW_DATABASE --file=restore.sql

                rows/ holds the tables whose rows cannot be written as text without the server:

                %s
                """.formatted(
                        source.name(),
                        source.metadata().database(),
                        String.join("\n", why.stream().map(line -> "  " + line).toList()));
    }
}
