package dev.pgkeep.restore;

import dev.pgkeep.dump.DumpFile;
import dev.pgkeep.dump.DumpReader;
import dev.pgkeep.dump.ScriptChoice;
import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.progress.Cancellation;
import dev.pgkeep.restore.client.Psql;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts rows into tables that are there, in one transaction: foreign keys are taken off, user triggers rest, tables are
 * emptied where that was asked for, rows and sequence values go in, triggers wake, and the foreign keys come back,
 * which checks every row. Any failure changes nothing. The commit is the last line that is sent, so that a dump that
 * breaks off in the middle cannot be committed.
 */
final class RowsLoad {
    private final RestorePlan plan;
    private final DumpFile dump;
    private final Load load;
    private final DumpReader reader;
    private final Cancellation cancellation;
    private final Set<String> notes = new LinkedHashSet<>();

    RowsLoad(RestorePlan plan, DumpFile dump, Load load, Cancellation cancellation) {
        this.plan = plan;
        this.dump = dump;
        this.load = load;
        this.reader = new DumpReader(plan.tools(), cancellation);
        this.cancellation = cancellation;
    }

    Set<String> into(Target database, Connection connection) {
        RowSurroundings around = RowSurroundings.of(plan, connection);
        ClientResult result = Psql.script(plan.tools(), database, plan.source().moneyLocale())
                .stdinFrom(out -> write(out, around))
                .run(cancellation);
        if (!result.ok()) {
            throw ClientErrors.translate(Tool.PSQL, result, ErrorCode.RESTORE_FAILED)
                    .during("nothing was changed");
        }
        return notes;
    }

    private void write(OutputStream out, RowSurroundings around) throws IOException {
        line(out, "SET client_encoding = 'UTF8';");
        line(out, "BEGIN;");
        line(out, "SET LOCAL lock_timeout = '10s';");
        for (String sql : around.before()) {
            line(out, sql);
        }
        List<String> options = dump.format().isArchive() ? List.of("--data-only") : List.of();
        reader.copy(dump, options, load.choice(ScriptChoice.Part.ROWS, around::owns), out, notes);
        line(out, "SET client_encoding = 'UTF8';");
        for (String sql : around.after()) {
            line(out, sql);
        }
        line(out, "COMMIT;");
    }

    private static void line(OutputStream out, String sql) throws IOException {
        out.write((sql + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
