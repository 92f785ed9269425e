package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.repository.Fingerprint;
import dev.pgkeep.repository.PendingBackup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Roles and tablespaces of the server, as the script that pg_dumpall writes. Only a superuser may read passwords. */
final class GlobalsDump {
    private final BackupPlan plan;
    private final Cancellation cancellation;

    GlobalsDump(BackupPlan plan, Cancellation cancellation) {
        this.plan = plan;
        this.cancellation = cancellation;
    }

    Manifest.StoredFile into(PendingBackup pending) {
        Path file = pending.data(pending.name() + ".globals.sql");
        LibpqEnvironment environment = plan.target().inEncoding("UTF8").toolEnvironment("pgkeep backup");
        List<String> command =
                new ArrayList<>(plan.tools().command(Tool.PG_DUMPALL, "--globals-only", "--file=" + file));
        command.add("--database=" + plan.target().database());
        if (!plan.server().superuser()) {
            command.add("--no-role-passwords");
        }
        ClientResult result = new ClientProcess(command)
                .environment(environment.set())
                .without(environment.unset())
                .run(cancellation);
        if (!result.ok()) {
            throw ClientErrors.translate(Tool.PG_DUMPALL, result, ErrorCode.DUMP_FAILED);
        }
        return Fingerprint.ofFile(pending.folder(), file, cancellation);
    }
}
