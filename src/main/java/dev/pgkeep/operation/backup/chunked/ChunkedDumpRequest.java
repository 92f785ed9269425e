package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientSet;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The order for a dump into chunks: what is to be dumped, and how.
 *
 * @param target the database, on the one server that answered
 * @param application name under which our sessions appear on the server
 * @param tools the client programs
 * @param encoding the database's encoding, in which pg_dump speaks
 * @param content everything, the schema alone, or rows alone
 * @param filters options of pg_dump that choose tables and schemas
 * @param jobs connections that read rows
 * @param level level of zstd
 * @param lockTimeout how long a lock is waited for
 * @param readBack whether what was written is read back
 * @param since an earlier backup of the same database that this one builds on
 */
public record ChunkedDumpRequest(
        Target target,
        String application,
        ClientSet tools,
        Charset encoding,
        Content content,
        List<String> filters,
        int jobs,
        int level,
        Duration lockTimeout,
        boolean readBack,
        Optional<Since> since) {}
