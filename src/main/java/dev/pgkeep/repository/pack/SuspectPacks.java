package dev.pgkeep.repository.pack;

import dev.pgkeep.repository.storage.Storage;
import java.util.Set;
import java.util.TreeSet;

/**
 * Packs in which somebody found damage: an empty object for each. They are read as before, since most of what they hold
 * may be intact, but no new backup relies on them.
 */
final class SuspectPacks {
    static final String FOLDER = "suspect";

    private SuspectPacks() {}

    static Set<String> of(Storage storage) {
        Set<String> names = new TreeSet<>();
        for (var each : storage.list(FOLDER)) {
            names.add(each.path().substring(FOLDER.length() + 1));
        }
        return names;
    }

    static void add(Storage storage, String pack) {
        storage.create(FOLDER + "/" + pack, new byte[0], 0, 0);
    }

    /** The pack is gone, and with it all doubt. */
    static void remove(Storage storage, String pack) {
        storage.delete(FOLDER + "/" + pack);
    }
}
