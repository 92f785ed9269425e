package dev.pgkeep.restore;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.manifest.Manifest;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.progress.Cancellation;
import dev.pgkeep.repository.Repository;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates the roles and tablespaces that a backup brought along; those that exist stay as they are. */
final class GlobalsLoad {
    private final RestorePlan plan;
    private final Repository repository;
    private final Connection connection;
    private final Cancellation cancellation;

    /** @param connection to the server, whatever the database is */
    GlobalsLoad(RestorePlan plan, Repository repository, Connection connection, Cancellation cancellation) {
        this.plan = plan;
        this.repository = repository;
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /** One line for each statement that failed for another reason than that the role is there already. */
    List<String> run() {
        Manifest.StoredFile globals = plan.source()
                .manifest()
                .map(Manifest::globals)
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.USAGE,
                        plan.source().name() + " has no roles and tablespaces with it",
                        "leave --globals out, or take a backup that was made with --globals"));
        List<String> errors = new ArrayList<>();
        LibpqEnvironment environment = plan.target()
                .withDatabase("postgres")
                .inEncoding("UTF8")
                .loadEnvironment("pgkeep restore", Optional.empty());
        List<String> command = new ArrayList<>(plan.tools().command(Tool.PSQL, "--no-psqlrc", "--quiet"));
        command.add("--file=-");
        Path file = repository.root().resolve(globals.path());
        GlobalsScript script = new GlobalsScript(new Catalog(connection).roles());
        ClientResult result = new ClientProcess(command)
                .environment(environment.set())
                .without(environment.unset())
                .stdinFrom(stdin -> {
                    try (var from = Files.newBufferedReader(file);
                            var to = new OutputStreamWriter(stdin, StandardCharsets.UTF_8)) {
                        script.copy(from, to);
                    }
                })
                .onStderr(line -> {
                    if (ClientErrors.isError(line) && !line.contains("already exists")) {
                        errors.add("roles: " + ClientErrors.clean(line));
                    }
                })
                .run(cancellation);
        if (!result.ok()) {
            throw ClientErrors.translate(Tool.PSQL, result, ErrorCode.RESTORE_FAILED);
        }
        return errors;
    }
}
