package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real dumps, made by real pg_dump. */
final class Archives {
    private Archives() {}

    /** Dumps a database; returns where. */
    static DumpFile dump(TestDatabase database, ClientSet tools, Path path, String... options) {
        var cluster = database.server().cluster();
        List<String> command = new ArrayList<>(List.of("env", "PGPASSWORD=" + cluster.password()));
        command.addAll(tools.command(Tool.PG_DUMP, options));
        command.addAll(List.of(
                "--file=" + path,
                "--host=" + cluster.host(),
                "--port=" + cluster.port(),
                "--username=" + cluster.superuser(),
                database.name()));
        var done = Commands.run(command);
        assertThat(done.status()).as(done.output()).isZero();
        return DumpFile.recognise(path);
    }
}
