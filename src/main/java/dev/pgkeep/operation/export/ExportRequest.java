package dev.pgkeep.operation.export;

import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The wishes about an export.
 *
 * @param format a portable one; empty for the one that costs least: as it is stored, or a script
 * @param compression empty for a format's own default
 * @param to the file or folder to write, or an existing folder to write it into
 * @param owners whether owners of objects are set
 * @param grants whether rights on objects are granted
 * @param overwrite whether something may stand there already
 */
public record ExportRequest(
        Optional<Format> format,
        Optional<Compression> compression,
        Path to,
        boolean owners,
        boolean grants,
        boolean overwrite) {}
