package dev.pgkeep.repository.pack;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import dev.pgkeep.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills packs and stores them in one thread of its own: at most four are in memory, one for each lane being filled, one
 * waiting and one on its way. Lanes keep apart what is not to be lost together.
 */
final class PackQueue implements AutoCloseable {
    private static final int LANES = 2;

    private final PackObjects objects;
    private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(1);
    private final ConcurrentLinkedQueue<PackBuilder> spare = new ConcurrentLinkedQueue<>();
    private final Map<Integer, PackName> stored = new ConcurrentSkipListMap<>();
    private final Thread thread = new Thread(this::storeAll, "pgkeep-packs");
    private volatile @Nullable Throwable failure;
    private final @Nullable PackBuilder[] current = new PackBuilder[LANES];
    private int numbers;
    private boolean ended;

    PackQueue(Storage storage) {
        objects = new PackObjects(storage);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Adds a stored chunk to a pack; waits while packs are stored more slowly than they are filled.
     *
     * @param lane 0 or 1
     */
    synchronized Spot append(int lane, ChunkId id, ByteBuffer stored, int length) {
        check();
        if (ended) {
            throw new IllegalStateException("this writer has ended");
        }
        PackBuilder pack = current[lane];
        if (pack != null && !pack.fits(stored.remaining())) {
            give(new Order(pack));
            pack = null;
        }
        if (pack == null) {
            pack = empty();
            current[lane] = pack;
        }
        int at = pack.append(id, stored, length);
        return new Spot(pack.number(), at);
    }

    /** Stores the last pack and waits until all are there: their names, by number. */
    synchronized List<PackName> finish() {
        check();
        for (PackBuilder pack : current) {
            if (pack != null) {
                give(new Order(pack));
            }
        }
        close();
        check();
        return List.copyOf(stored.values());
    }

    /** Waits for the pack on its way; the one being filled is forgotten. */
    @Override
    public synchronized void close() {
        if (!ended) {
            ended = true;
            give(Order.END);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private PackBuilder empty() {
        PackBuilder used = spare.poll();
        if (used == null) {
            return new PackBuilder(numbers++);
        }
        used.reset(numbers++);
        return used;
    }

    private void give(Order order) {
        try {
            orders.put(order);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }

    /**
     * Stores packs in order; after a failure it goes on to take orders, so that nobody waits for ever, and stores no
     * more.
     */
    private void storeAll() {
        try {
            for (var order = orders.take(); order.pack != null; order = orders.take()) {
                if (failure == null) {
                    store(order.pack);
                }
            }
        } catch (InterruptedException e) {
            failure = e;
        }
    }

    private void store(PackBuilder pack) {
        try {
            stored.put(pack.number(), objects.store(pack));
            spare.add(pack);
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void check() {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /** The pack's number and the offset of the chunk's stored bytes in it. */
    record Spot(int pack, int offset) {}

    private record Order(@Nullable PackBuilder pack) {
        static final Order END = new Order(null);
    }
}
