package dev.pgkeep.postgres.tools;

import java.util.Optional;

/**
 * What pg_restore is to read.
 *
 * @param name how it is called in messages
 * @param layout its version as {@code pg_restore --list} prints it or as the file's head says, for instance
 *     {@code 1.16-0}; empty for a plain script, which pg_restore never sees
 * @param madeBy the pg_dump that made it, when known
 * @param own whether pgkeep had it made and knows its checksum; anything else may have been crafted
 */
public record Archive(String name, Optional<String> layout, Optional<Version> madeBy, boolean own) {
    /** Whether reading it is a matter of trust. */
    boolean isForeign() {
        return layout.isPresent() && !own;
    }
}
