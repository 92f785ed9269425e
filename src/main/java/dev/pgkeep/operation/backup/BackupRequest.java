package dev.pgkeep.operation.backup;

import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wishes of the user about a backup.
 *
 * @param label a short word for it; one that names a kind sets the kind
 * @param kind why it is made
 * @param name an exact name instead of the template's
 * @param description a longer text
 * @param tags the user's own keys and values
 * @param formats the stored forms, at least one, all of the same snapshot
 * @param compression empty for the best that the format and the client have
 * @param jobs connections of the directory format; empty for as many as there are processors
 * @param content everything, the schema alone, or rows alone
 * @param filters which tables and schemas
 * @param check whether what was written is read back
 * @param globals whether roles and tablespaces of the server are dumped beside it
 * @param auto whether a machine asked for it
 * @param full whether all rows are read, also those that did not change since the backup before
 * @param amongAll whether it is one of a whole server, where an empty database is nothing to be told of
 */
public record BackupRequest(
        Optional<String> label,
        Optional<Kind> kind,
        Optional<String> name,
        Optional<String> description,
        Map<String, String> tags,
        List<Format> formats,
        Optional<Compression> compression,
        Optional<Integer> jobs,
        Content content,
        Filters filters,
        boolean check,
        boolean globals,
        boolean auto,
        boolean full,
        boolean amongAll) {

    /** A request for one database. */
    public BackupRequest(
            Optional<String> label,
            Optional<Kind> kind,
            Optional<String> name,
            Optional<String> description,
            Map<String, String> tags,
            List<Format> formats,
            Optional<Compression> compression,
            Optional<Integer> jobs,
            Content content,
            Filters filters,
            boolean check,
            boolean globals,
            boolean auto) {
        this(
                label,
                kind,
                name,
                description,
                tags,
                formats,
                compression,
                jobs,
                content,
                filters,
                check,
                globals,
                auto,
                false,
                false);
    }

    /** A whole, checked backup of that kind in the default format. */
    public static BackupRequest of(Kind kind) {
        return new BackupRequest(
                Optional.empty(),
                Optional.of(kind),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(Format.CHUNKED),
                Optional.empty(),
                Optional.empty(),
                Content.ALL,
                Filters.NONE,
                true,
                false,
                false);
    }

    /** This request with all rows read, also those that did not change since the backup before. */
    public BackupRequest readingEverything() {
        return new BackupRequest(
                label,
                kind,
                name,
                description,
                tags,
                formats,
                compression,
                jobs,
                content,
                filters,
                check,
                globals,
                auto,
                true,
                amongAll);
    }

    /** This request in another format and compression. */
    BackupRequest as(Format format, Optional<Compression> wish) {
        return new BackupRequest(
                label,
                kind,
                name,
                description,
                tags,
                List.of(format),
                wish,
                jobs,
                content,
                filters,
                check,
                globals,
                auto,
                full,
                amongAll);
    }

    /** The kind that was asked for, that the label names, or that follows from who asked. */
    public Kind effectiveKind() {
        return kind.or(() -> label.flatMap(Kind::namedBy)).orElse(auto ? Kind.AUTO : Kind.MANUAL);
    }
}
