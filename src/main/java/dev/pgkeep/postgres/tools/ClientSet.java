package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Compression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An installed set of client programs.
 *
 * @param version what its pg_dump says it is
 * @param folder where its programs are
 */
public record ClientSet(Version version, Path folder) {
    private static final int DEFAULT_GZIP_LEVEL = 6;

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
    public boolean supports(Compression.Method method) {
        return method == Compression.Method.NONE || CompressionProbe.works(this, method);
    }

    /** The command that brings the programs up to date, for a shell. */
    public String updateCommand() {
        return InstallAdvice.command(version);
    }

    /**
     * The option that makes pg_dump compress so, for instance {@code --compress=zstd:3}; for a pg_dump before 16, which
     * knows gzip only, {@code --compress=6}.
     *
     * @throws PgkeepException FORMAT_UNSUPPORTED when a pg_dump of this version does not know the compression at all;
     *     whether it was built with it is for {@link #supports} to say
     */
    public String compressOption(Compression compression) {
        if (version.major() >= 16) {
            return "--compress=" + compression;
        }
        Integer level = compression.level();
        return switch (compression.method()) {
            case NONE -> "--compress=0";
            case GZIP -> "--compress=" + (level == null ? DEFAULT_GZIP_LEVEL : level);
            case LZ4, ZSTD ->
                throw new PgkeepException(
                        ErrorCode.FORMAT_UNSUPPORTED,
                        "pg_dump " + version + " cannot compress with "
                                + compression.method().word(),
                        "use gzip, or install the client tools of PostgreSQL 16 or later: "
                                + InstallAdvice.command(new Version(17, 0)));
        };
    }
}
