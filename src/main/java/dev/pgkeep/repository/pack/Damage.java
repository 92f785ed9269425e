package dev.pgkeep.repository.pack;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.util.List;

/** Errors about chunks that cannot be given back. */
final class Damage {
    private Damage() {}

    static PgkeepException unreadable(ChunkId id, List<String> failures) {
        if (failures.isEmpty()) {
            return new PgkeepException(
                    ErrorCode.CHUNK_DAMAGED,
                    "chunk " + id + " is in no index and in no pack",
                    "its pack or index was removed: put packs/ and index/ back from a copy of the repository, or see"
                            + " with \"pgkeep verify\" what is lost");
        }
        return new PgkeepException(
                ErrorCode.CHUNK_DAMAGED,
                "chunk " + id + " cannot be read: " + String.join("; ", failures),
                "\"pgkeep verify\" names what is lost, \"restore --skip-damaged\" brings back all the rest");
    }
}
