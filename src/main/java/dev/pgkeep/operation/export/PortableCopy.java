package dev.pgkeep.operation.export;

import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Compression.Method;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.source.DumpSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Copies a backup that is stored in a portable format already. */
final class PortableCopy {
    private static final int BUFFER = 1 << 17;

    private final DumpSource source;
    private final ExportRequest request;
    private final Progress progress;
    private final Cancellation cancellation;

    PortableCopy(DumpSource source, ExportRequest request, Progress progress, Cancellation cancellation) {
        this.source = source;
        this.request = request;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    ExportResult run() {
        Path from = source.dump().path();
        Path place = Scripts.place(request.to(), String.valueOf(from.getFileName()));
        try (Draft draft = new Draft(place, request.overwrite())) {
            try {
                progress.step("Copying " + from.getFileName());
                if (Files.isDirectory(from)) {
                    draft.makeFolder();
                    try (var files = Files.list(from)) {
                        for (Path file : (Iterable<Path>) files::iterator) {
                            copy(file, draft.path().resolve(file.getFileName()));
                        }
                    }
                } else {
                    copy(from, draft.path());
                }
                return result(place, draft.commit());
            } catch (IOException e) {
                throw draft.failure(e);
            }
        }
    }

    private void copy(Path from, Path to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = RegularFile.open(from);
                OutputStream out = Draft.create(to)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                cancellation.check();
                out.write(buffer, 0, length);
            }
        }
    }

    private ExportResult result(Path place, long bytes) {
        Format format = source.dump().format();
        Method wrapping = source.dump().wrapping();
        List<String> lines = format == Format.PLAIN ? Scripts.psql(place, wrapping) : Scripts.pgRestore(place);
        return new ExportResult(
                source.name(),
                format.word(),
                place,
                (int) source.manifest().stream()
                        .flatMap(each -> each.tables().stream())
                        .filter(Manifest.Table::hasRows)
                        .count(),
                source.manifest().map(Manifest::rows).orElse(-1L),
                bytes,
                List.of(),
                lines);
    }
}
