package dev.pgkeep.repository;

import io.avaje.jsonb.Json;

/**
 * The repository's header, {@code pgkeep.json}.
 *
 * @param format always {@code pgkeep-repository}
 * @param version version of the layout; readers refuse newer ones
 * @param id random, tells repositories apart
 */
@Json
record Header(String format, int version, String id) {
    static final String FORMAT = "pgkeep-repository";
    static final int VERSION = 1;
    static final String FILE = "pgkeep.json";
}
