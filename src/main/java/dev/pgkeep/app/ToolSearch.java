package dev.pgkeep.app;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.postgres.tools.ClientTools;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The search for client programs, once in a run: it starts programs, which others need not wait for. */
final class ToolSearch {
    private final FutureTask<ClientTools> search;

    /** @param folder the one that the user named */
    ToolSearch(Map<String, String> environment, Optional<Path> folder, boolean oldAllowed) {
        this.search =
                new FutureTask<>(() -> ClientTools.find(environment, folder).allowingOld(oldAllowed));
    }

    /** Searches in a thread of its own, unless somebody has begun. */
    void begin() {
        Thread.ofPlatform().daemon().name("tools").start(search);
    }

    /** What was found; waits for it. */
    ClientTools result(Phases phases) {
        try (Phases.Open open = phases.beside("tools")) {
            search.run();
            return search.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }
}
