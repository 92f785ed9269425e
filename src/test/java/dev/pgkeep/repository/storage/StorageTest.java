package dev.pgkeep.repository.storage;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    @Nested
    class In_a_folder implements StorageContract {
        @TempDir
        Path folder;

        @Override
        public Storage storage() {
            return new LocalStorage(folder);
        }
    }

    @Nested
    class In_memory implements StorageContract {
        @Override
        public Storage storage() {
            return new MemoryStorage();
        }
    }

    @Nested
    class Faulty_but_without_a_fault_yet implements StorageContract {
        @Override
        public Storage storage() {
            return new FaultyStorage(new MemoryStorage(), new Random(1));
        }
    }

    @Nested
    class Halting_but_not_yet implements StorageContract {
        @Override
        public Storage storage() {
            return new HaltingStorage(new MemoryStorage(), 1000);
        }
    }
}
