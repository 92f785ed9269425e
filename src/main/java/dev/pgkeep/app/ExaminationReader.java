package dev.pgkeep.app;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.doctor.Examination;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out from the configuration what the doctor is to look at. */
public final class ExaminationReader {
    private ExaminationReader() {}

    /** A connection that cannot be understood, or a setting that is not trusted, is a finding, not an error. */
    public static Examination read(Pgkeep pgkeep) {
        Optional<Target> found = Optional.empty();
        Optional<PgkeepException> misunderstood = Optional.empty();
        try {
            found = pgkeep.settings().connection().isPresent() ? Optional.of(pgkeep.target()) : Optional.empty();
        } catch (PgkeepException e) {
            misunderstood = Optional.of(e);
        }
        Path project = pgkeep.settings()
                .file()
                .map(Path::getParent)
                .orElse(pgkeep.sources().workingDirectory());
        List<Path> secrets = new ArrayList<>();
        pgkeep.settings().file().ifPresent(secrets::add);
        secrets.add(project.resolve(".env"));
        secrets.add(project.resolve("packages/database/.env"));
        Path passwords = Optional.ofNullable(pgkeep.sources().environment().get("PGPASSFILE"))
                .map(Path::of)
                .orElse(pgkeep.sources().home().resolve(".pgpass"));
        ClientTools tools = ClientTools.find(pgkeep.sources().environment(), Optional.empty());
        Optional<PgkeepException> untrusted = Optional.empty();
        try {
            tools = pgkeep.tools();
        } catch (PgkeepException e) {
            untrusted = Optional.of(e);
        }
        return new Examination(
                found,
                misunderstood,
                tools,
                untrusted,
                pgkeep.settings().repository(),
                pgkeep.settings().maxAge(),
                project,
                secrets,
                passwords);
    }
}
