package dev.pgkeep.operation.restore;

import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.connect.Target;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The server on which scratch databases are made. It is looked for, or started, when it is first asked for. */
public final class ScratchServer implements AutoCloseable {
    private final Supplier<Found> find;
    private @Nullable Found found;

    /** A server, and what ends it where it was started for the purpose. */
    private record Found(Target target, Runnable end) {}

    private ScratchServer(Supplier<Found> find) {
        this.find = find;
    }

    /** A server that is there, and stays. */
    public static ScratchServer existing(Supplier<Target> target) {
        return new ScratchServer(() -> new Found(target.get(), () -> {}));
    }

    /**
     * A server of its own, which ends when this is closed.
     *
     * @param start starts it
     * @param target makes a target of its URL
     */
    public static ScratchServer temporary(Supplier<LocalCluster> start, Function<String, Target> target) {
        return new ScratchServer(() -> {
            LocalCluster cluster = start.get();
            return new Found(target.apply(cluster.url("postgres")), cluster::close);
        });
    }

    public Target target() {
        Found known = found;
        if (known == null) {
            known = find.get();
            found = known;
        }
        return known.target();
    }

    @Override
    public void close() {
        if (found != null) {
            found.end().run();
        }
    }
}
