package dev.pgkeep.cli.render;

import dev.pgkeep.postgres.swap.KeptDatabase;
import java.time.Instant;

/**
 * A database that was replaced and is kept.
 *
 * @param database the name it had
 * @param since when it was replaced
 * @param until when it may go
 * @param command what replaced it
 * @param by the backup, or the kept database, that took its place
 * @param bytes -1 where the role may not know
 */
@io.avaje.jsonb.Json
public record KeptJson(
        String name, String database, Instant since, Instant until, String command, String by, long bytes) {
    public static KeptJson of(KeptDatabase kept) {
        return new KeptJson(
                kept.name(),
                kept.note().database(),
                kept.note().since(),
                kept.note().until(),
                kept.note().command(),
                kept.note().by(),
                kept.bytes());
    }
}
