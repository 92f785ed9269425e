package dev.pgkeep.operation.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the document of rows that somebody means: a path, a name of the repository, a part of one, or {@code latest}.
 *
 * @param known the documents of the repository, newest first
 * @param workingDirectory where relative paths begin
 */
public record RowsDocuments(List<Path> known, Path workingDirectory) {
    public RowsDocuments {
        known = List.copyOf(known);
    }

    /**
     * The file that is meant.
     *
     * @throws PgkeepException BACKUP_NOT_FOUND, BACKUP_AMBIGUOUS
     */
    public Path find(String text) {
        try {
            Path path = workingDirectory.resolve(text);
            if (Files.isRegularFile(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Then it may still be a name.
        }
        if (text.equals("latest") && !known.isEmpty()) {
            return known.getFirst();
        }
        List<Path> exact = known.stream()
                .filter(each -> name(each).equals(text) || (name(each) + ".json").equals(text))
                .toList();
        List<Path> fitting = exact.isEmpty()
                ? known.stream().filter(each -> name(each).contains(text)).toList()
                : exact;
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        throw fitting.isEmpty()
                ? new PgkeepException(
                        ErrorCode.BACKUP_NOT_FOUND,
                        "there is no document of rows " + text,
                        "those of cleanups are listed by: pgkeep rows list")
                : new PgkeepException(
                        ErrorCode.BACKUP_AMBIGUOUS,
                        text + " fits several documents: "
                                + fitting.stream().map(RowsDocuments::name).collect(Collectors.joining(", ")),
                        "name one of them");
    }

    /** The name of a document: that of its file without the ending. */
    public static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("\\.json$", "");
    }
}
