package dev.pgkeep.operation.doctor;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientTools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The subject of an examination.
 *
 * @param target the database; empty when none is configured, or when what is configured cannot be understood
 * @param misunderstood why it cannot be understood
 * @param untrusted why the programs that the configuration names are not looked at
 * @param repository the folder of backups, whether it exists or not
 * @param maxAge how old the newest good backup may be
 * @param project the folder of the project: where {@code pgkeep.toml} is, else the working directory
 * @param secretFiles files that may hold passwords ({@code .env} and others, {@code pgkeep.toml}), whether or not they
 *     exist
 * @param passwordFile where {@code .pgpass} is or would be
 */
public record Examination(
        Optional<Target> target,
        Optional<PgkeepException> misunderstood,
        ClientTools tools,
        Optional<PgkeepException> untrusted,
        Path repository,
        Optional<Duration> maxAge,
        Path project,
        List<Path> secretFiles,
        Path passwordFile) {
    public Examination {
        secretFiles = List.copyOf(secretFiles);
    }
}
