package dev.pgkeep.repository.pack;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.repository.storage.HaltingStorage;
import dev.pgkeep.repository.storage.HaltingStorage.Halted;
import dev.pgkeep.repository.storage.Storage;
import java.util.Collection;
import java.util.function.Consumer;

/** Steps of tests that may fail or die. */
final class Crashes {
    private Crashes() {}

    /** @return whether the process came to the end of its work, with so many changes to the storage */
    static boolean survives(Storage storage, int changes, Consumer<Storage> work) {
        try {
            work.accept(new HaltingStorage(storage, changes));
            return true;
        } catch (Halted e) {
            return false;
        }
    }

    static ErrorCode failure(Runnable work) {
        try {
            work.run();
        } catch (PgkeepException e) {
            return e.code();
        }
        throw new AssertionError("it worked");
    }

    static ChunkIdSet set(Collection<ChunkId> ids) {
        var set = new ChunkIdSet();
        ids.forEach(set::add);
        return set;
    }

    static Sweep.Outcome sweep(Storage storage, Collection<ChunkId> live) {
        var sweep = Sweep.prepare(storage);
        return sweep.execute(sweep.plan(set(live)), set(live), new Cancellation());
    }
}
