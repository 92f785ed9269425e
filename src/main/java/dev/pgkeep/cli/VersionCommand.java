package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.app.ProductVersion;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.HostSystem;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.VersionJson;
import dev.pgkeep.operation.show.Versions;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.migrations.CodeMigrations;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pgkeep version}. */
@Command(
        description = "Shows the versions that matter: pgkeep, the server, the client tools, and the migrations of the"
                + " database and of the code. Works without a database too.",
        footer = {"", "Examples:", "  pgkeep version", "  pgkeep version --json"})
final class VersionCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        Optional<CodeMigrations> code =
                pgkeep.versions().ofCode(session.surroundings().workingDirectory());
        VersionJson versions = new VersionJson(
                ProductVersion.read().toString(),
                Runtime.version().toString(),
                pgkeep.tools().describe(),
                null,
                null,
                null,
                List.of(),
                code.map(CodeMigrations::tool).orElse(null),
                code.map(CodeMigrations::count).orElse(null),
                code.flatMap(CodeMigrations::head).orElse(null),
                null);
        VersionJson complete =
                pgkeep.settings().connection().isEmpty() ? versions : withServer(session, pgkeep, versions);
        print(session, complete);
        session.answer(complete);
        return ExitStatus.DONE;
    }

    private static VersionJson withServer(Session session, Pgkeep pgkeep, VersionJson versions) {
        try {
            Target target = pgkeep.target();
            Versions.Server server = pgkeep.versions().ofServer(target, pgkeep.migrationsQuery());
            Optional<String> protection =
                    new DestructiveConfirmation(session, pgkeep, false).protection(target, server.marked());
            return versions.withServer(
                    target.describe(), server.version(), protection.orElse(null), server.migrations());
        } catch (PgkeepException e) {
            return versions.withProblem(e.getMessage());
        }
    }

    private static void print(Session session, VersionJson versions) {
        session.print(session.style().bold("pgkeep " + versions.pgkeep()));
        new Facts()
                .add("java", versions.java() + (HostSystem.isNativeExecutable() ? ", as a native executable" : ""))
                .add("client tools", versions.clientTools())
                .add("database", Optional.ofNullable(versions.database()))
                .add("server", Optional.ofNullable(versions.server()).map(text -> "PostgreSQL " + text))
                .add("protected", Optional.ofNullable(versions.protection()))
                .add("database", Optional.ofNullable(versions.problem()))
                .add("migrations", versions.migrations().stream().findFirst().map(BackupReport::describe))
                .add("in the code", inCode(versions.codeTool(), versions.codeCount(), versions.codeHead()))
                .lines(session.style())
                .forEach(session::print);
    }

    private static Optional<String> inCode(@Nullable String tool, @Nullable Integer count, @Nullable String head) {
        return tool == null
                ? Optional.empty()
                : Optional.of(tool + ", " + count + " migrations" + (head == null ? "" : ", newest " + head));
    }
}
