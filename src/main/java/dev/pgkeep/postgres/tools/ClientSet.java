package dev.pgkeep.postgres.tools;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One installed set of client programs.
 *
 * @param version what its pg_dump says it is
 * @param folder where its programs are
 */
public record ClientSet(Version version, Path folder) {
    /** The program itself, whether it exists or not. */
    public Path path(Tool tool) {
        return folder.resolve(tool.file());
    }

    public boolean has(Tool tool) {
        return Files.isExecutable(path(tool));
    }

    /**
     * The beginning of a command line for a tool. It forbids asking for a password, which would wait for a terminal
     * that nobody looks at.
     */
    public List<String> command(Tool tool, String... arguments) {
        var command = new ArrayList<>(List.of(path(tool).toString(), "--no-password"));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Whether this build of pg_dump can really write that compression; asks the program, which takes some 10 ms. */
    public boolean supports(ArchiveCompression compression) {
        return compression == ArchiveCompression.NONE || CompressionProbe.works(this, compression);
    }

    /**
     * The option that makes pg_dump compress so, for instance {@code --compress=zstd:3}; for a pg_dump before 16, which
     * knows gzip only, {@code --compress=6}.
     *
     * @param level empty for the compression's own default
     * @throws PgkeepException FORMAT_UNSUPPORTED when this pg_dump does not know the compression at all
     */
    public String compressOption(ArchiveCompression compression, OptionalInt level) {
        if (version.major() >= 16) {
            return "--compress=" + compression.text() + (level.isPresent() ? ":" + level.getAsInt() : "");
        }
        return switch (compression) {
            case NONE -> "--compress=0";
            case GZIP -> "--compress=" + level.orElse(6);
            case LZ4, ZSTD ->
                throw new PgkeepException(
                        ErrorCode.FORMAT_UNSUPPORTED,
                        "pg_dump " + version + " cannot compress with " + compression.text(),
                        "use gzip, or install the client tools of PostgreSQL 16 or later: "
                                + InstallAdvice.command(new Version(17, 0)));
        };
    }
}
