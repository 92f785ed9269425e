package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.secret.Redaction;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.RawSession;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.repository.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates the roles and tablespaces that a backup brought along; those that exist stay as they are. */
public final class GlobalsLoad {
    private final RestorePlan plan;
    private final Repository repository;
    private final Connector connector;
    private final Connection connection;
    private final Cancellation cancellation;

    /** @param connection to the server, whatever the database is */
    public GlobalsLoad(
            RestorePlan plan,
            Repository repository,
            Connector connector,
            Connection connection,
            Cancellation cancellation) {
        this.plan = plan;
        this.repository = repository;
        this.connector = connector;
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /**
     * Creates the roles; gives one line for each statement that failed for another reason than that the role is there
     * already.
     */
    public List<String> run() {
        Manifest.StoredFile globals = plan.source()
                .manifest()
                .map(Manifest::globals)
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.USAGE,
                        plan.source().name() + " has no roles and tablespaces with it",
                        "leave --globals out, or take a backup that was made with --globals"));
        List<String> errors = new ArrayList<>();
        Path file = repository.root().resolve(globals.path());
        GlobalsScript script = new GlobalsScript(new Catalog(connection).roles());
        try (Connection session = connector.openBeside(plan.target(), "pgkeep restore");
                var registration = cancellation.onCancel(() -> SessionTermination.abort(session));
                BufferedReader from =
                        new BufferedReader(new InputStreamReader(RegularFile.open(file), StandardCharsets.UTF_8))) {
            RawSession server = RawSession.on(session);
            script.forEach(from, statement -> run(server, statement).ifPresent(errors::add));
            return errors;
        } catch (IOException e) {
            throw FileProblem.explain(e, "cannot read " + file, problem -> "check its owner and mode, and the disk");
        } catch (SQLException e) {
            cancellation.check();
            throw SqlErrors.translate(e, "closing the session");
        }
    }

    /** Goes on whatever becomes of a statement, but not without a server. */
    private Optional<String> run(RawSession server, String statement) {
        cancellation.check();
        try {
            byte[] text = statement.getBytes(StandardCharsets.UTF_8);
            server.run(text, 0, text.length);
            return Optional.empty();
        } catch (SQLException e) {
            cancellation.check();
            PgkeepException failure = SqlErrors.translate(e, "roles");
            if (failure.code() == ErrorCode.SERVER_LOST) {
                throw failure;
            }
            boolean present = String.valueOf(e.getSQLState()).equals("42710");
            return present ? Optional.empty() : Optional.of(Redaction.redact(failure.getMessage()));
        }
    }
}
