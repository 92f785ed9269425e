package dev.pgkeep.repository;

import dev.pgkeep.format.manifest.Manifests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Another process at work in a repository: says "ready" and waits to be ended, unless it writes. */
final class RepositoryChild {
    private RepositoryChild() {}

    public static void main(String[] arguments) throws Exception {
        Repository repository = Repository.open(Path.of(arguments[0]), Clock.systemUTC());
        switch (arguments[1]) {
            case "begin" -> begin(repository, arguments[2]);
            case "lock" -> {
                var unused =
                        FileLockHandle.tryTake(Path.of(arguments[2]), false).orElseThrow();
            }
            case "lease" -> repository.lease(repository.list().getFirst());
            case "clean" -> clean(repository);
            case "write" -> write(repository, Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.out.println("ready");
        if (!arguments[1].equals("write")) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static void clean(Repository repository) {
        System.out.println("ready");
        while (true) {
            repository.cleanUp();
        }
    }

    private static void begin(Repository repository, String name) throws Exception {
        PendingBackup pending = repository.begin(name, true);
        Files.writeString(pending.data("data.dump"), "PGDMP");
        pending.sync();
    }

    private static void write(Repository repository, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            try (PendingBackup pending = repository.begin("same", false)) {
                String file = pending.name() + ".dump";
                Files.writeString(pending.data(file), "PGDMP");
                pending.sync();
                pending.commit(Manifests.custom(pending.name(), "shop", Instant.now(), file, 5, List.of()));
            }
            repository.cleanUp();
        }
    }
}
