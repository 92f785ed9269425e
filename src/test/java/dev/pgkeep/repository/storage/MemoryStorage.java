package dev.pgkeep.repository.storage;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in memory; tests may look at them and change them. */
public final class MemoryStorage implements Storage {
    public final ConcurrentNavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    /** The bytes of an object themselves: to change them is to damage it. */
    public byte[] bytes(String path) {
        return Objects.requireNonNull(objects.get(path), path);
    }

    @Override
    public boolean create(String path, byte[] bytes, int offset, int length) {
        return objects.putIfAbsent(path, Arrays.copyOfRange(bytes, offset, offset + length)) == null;
    }

    @Override
    public byte[] read(String path, long offset, int length) {
        byte[] bytes = objects.get(path);
        if (bytes == null) {
            throw new PgkeepException(ErrorCode.OBJECT_MISSING, path + " is missing", "put it back");
        }
        int from = (int) Math.min(offset, bytes.length);
        return Arrays.copyOfRange(bytes, from, (int) Math.min(bytes.length, (long) from + length));
    }

    @Override
    public List<Stored> list(String folder) {
        return objects.tailMap(folder + "/").entrySet().stream()
                .takeWhile(each -> each.getKey().startsWith(folder + "/"))
                .map(each -> new Stored(each.getKey(), each.getValue().length))
                .toList();
    }

    @Override
    public void delete(String path) {
        objects.remove(path);
    }

    @Override
    public long removeUnfinished(String folder) {
        return 0;
    }
}
