package dev.pgkeep.repository.storage;

import java.util.List;

/** The process dies before the n-th change to a storage: from then on nothing works any more, as after kill -9. */
public final class HaltingStorage implements Storage {
    private final Storage real;
    private int left;

    /** @param changes how many creates and deletes still succeed */
    public HaltingStorage(Storage real, int changes) {
        this.real = real;
        this.left = changes;
    }

    @Override
    public synchronized boolean create(String path, byte[] bytes, int offset, int length) {
        change();
        return real.create(path, bytes, offset, length);
    }

    @Override
    public synchronized void delete(String path) {
        change();
        real.delete(path);
    }

    @Override
    public synchronized long removeUnfinished(String folder) {
        change();
        return real.removeUnfinished(folder);
    }

    @Override
    public byte[] read(String path, long offset, int length) {
        living();
        return real.read(path, offset, length);
    }

    @Override
    public List<Stored> list(String folder) {
        living();
        return real.list(folder);
    }

    private void change() {
        if (left >= 0) {
            left--;
        }
        living();
    }

    private synchronized void living() {
        if (left < 0) {
            throw new Halted();
        }
    }

    /** Not an exception: nobody may catch it to clean up. */
    public static final class Halted extends Error {
        private static final long serialVersionUID = 1L;
    }
}
