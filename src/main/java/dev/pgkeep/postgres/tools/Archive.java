package dev.pgkeep.postgres.tools;

import java.util.Optional;

/**
 * The archive that pg_restore is to read.
 *
 * @param name how it is called in messages
 * @param layout its version as {@code pg_restore --list} prints it or as the file's head says, for instance
 *     {@code 1.16-0}; empty for a plain script, and where it cannot be told
 * @param madeBy the pg_dump that made it, when known
 * @param trusted whether pgkeep had it made and knows its checksum, or pg_restore never sees it, since it is a script;
 *     anything else may have been crafted
 */
public record Archive(String name, Optional<String> layout, Optional<Version> madeBy, boolean trusted) {}
