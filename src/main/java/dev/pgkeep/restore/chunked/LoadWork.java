package dev.pgkeep.restore.chunked;

import dev.pgkeep.dump.DumpFile;
import dev.pgkeep.pack.ChunkStore;
import dev.pgkeep.restore.client.PgRestore;
import dev.pgkeep.restore.proof.ContentProof;
import java.util.Set;

/**
 * What the workers of a load share.
 *
 * @param restore pg_restore with the settings of the load
 * @param proof receives what is read of full tables
 * @param notes receives known-harmless errors, one line each
 */
record LoadWork(
        LoadSite site,
        ChunkStore store,
        DumpFile skeleton,
        PgRestore restore,
        ContentProof proof,
        ChunkMeter meter,
        Set<String> notes) {}
