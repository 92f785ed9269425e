package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.operation.restore.client.EntryStatements;
import dev.pgkeep.operation.restore.client.PgRestore;
import dev.pgkeep.operation.restore.load.mend.Mending;
import dev.pgkeep.operation.restore.proof.ContentProof;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.repository.pack.ChunkStore;
import java.util.Optional;
import java.util.Set;

/**
 * The things that the workers of a load share.
 *
 * @param restore pg_restore with the settings of the load
 * @param statements those of the skeleton that need no pg_restore; empty where only that can read them
 * @param mending second tries of what fails
 * @param proof receives what is read of full tables
 * @param phases receives how long they are at what
 * @param notes receives known-harmless errors, one line each
 */
record LoadContext(
        LoadTarget site,
        ChunkStore store,
        DumpFile skeleton,
        PgRestore restore,
        Optional<EntryStatements> statements,
        Mending mending,
        ContentProof proof,
        ChunkMeter meter,
        Phases phases,
        Set<String> notes) {}
