package dev.pgkeep.operation.export;

import java.nio.file.Path;
import java.util.List;

/**
 * The result of an export: what was written.
 *
 * @param backup the backup's name
 * @param format {@code plain}, {@code custom}, {@code tar}, {@code directory}, or {@code kit}
 * @param path the file or folder
 * @param tables tables whose rows are in it
 * @param rows rows in it
 * @param bytes bytes on the disk
 * @param binary for a kit: tables that could not be printed, each with the reason
 * @param restore lines that restore it with PostgreSQL's own programs
 */
public record ExportResult(
        String backup,
        String format,
        Path path,
        int tables,
        long rows,
        long bytes,
        List<String> binary,
        List<String> restore) {
    public ExportResult {
        binary = List.copyOf(binary);
        restore = List.copyOf(restore);
    }
}
