package dev.pgkeep.operation.demo;

import dev.pgkeep.base.files.OwnedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The working folder of a demo. What killed demos left behind goes with the next one. */
final class DemoFolder implements AutoCloseable {
    private final OwnedFolder folder;

    private DemoFolder(OwnedFolder folder) {
        this.folder = folder;
    }

    static DemoFolder make(Path temporary) throws IOException {
        OwnedFolder folder = OwnedFolder.make(temporary, "pgkeep-demo-");
        folder.removeAbandoned();
        // It ends the search for one further up.
        Files.writeString(folder.path().resolve("pgkeep.toml"), "# of the demo\n");
        return new DemoFolder(folder);
    }

    Path path() {
        return folder.path();
    }

    @Override
    public void close() throws IOException {
        folder.remove();
    }
}
