package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place where a scratch database is made: the test server, the database's own, one named, or one started for the
 * purpose.
 */
final class ScratchServer implements AutoCloseable {
    private final Optional<Target> target;
    private final @Nullable LocalCluster cluster;

    private ScratchServer(Optional<Target> target, @Nullable LocalCluster cluster) {
        this.target = target;
        this.cluster = cluster;
    }

    static ScratchServer none() {
        return new ScratchServer(Optional.empty(), null);
    }

    static ScratchServer open(Session session, Pgkeep pgkeep, @Nullable String on) {
        Optional<Target> test = pgkeep.testTarget();
        if (test.isPresent()) {
            session.progress()
                    .note("TEST_DATABASE_URL is set, so the scratch database is made on "
                            + test.get().describeServer());
            return new ScratchServer(test, null);
        }
        if ("temporary".equals(on)) {
            session.progress().step("Starting a temporary server");
            LocalCluster cluster = LocalCluster.start(
                    ServerPrograms.find(session.surroundings().environment(), List.of()),
                    ClusterOptions.in(session.surroundings().temporaryFolder()));
            return new ScratchServer(
                    Optional.of(pgkeep.targetNamed(cluster.url("postgres"), "the temporary server")), cluster);
        }
        return new ScratchServer(
                Optional.of(on == null || on.equals("same") ? pgkeep.target() : pgkeep.targetNamed(on, "--on")), null);
    }

    Optional<Target> target() {
        return target;
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
