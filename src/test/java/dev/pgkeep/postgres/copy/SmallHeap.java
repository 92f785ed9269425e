package dev.pgkeep.postgres.copy;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import dev.pgkeep.postgres.snapshot.Snapshot;
import java.nio.file.Path;
import java.util.Map;

/** A program that reads the content of a whole database, for a process of its own with little memory. */
final class SmallHeap {
    private SmallHeap() {}

    /** @param arguments a URL */
    public static void main(String[] arguments) {
        var connector = new Connector();
        Target target = TargetReader.read(arguments[0], Map.of(), Path.of("no-home"), "test")
                .target();
        try (Snapshot snapshot = Snapshot.take(connector, target, "test")) {
            new ContentReader(connector, target, "test", 2)
                    .read(CopyCatalog.read(snapshot.connection()), snapshot.id(), new Cancellation())
                    .forEach((name, content) -> System.out.println(name + " " + content.rows() + " " + content.hex()));
        }
    }
}
