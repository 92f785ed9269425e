package dev.pgkeep.pack;

import dev.pgkeep.pack.ChunkIndex.PackName;
import dev.pgkeep.progress.Cancellation;
import dev.pgkeep.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Fills packs and stores them, in the order of their numbers, in one thread of its own: at most three are in memory,
 * one being filled, one waiting and one on its way.
 */
final class PackLine implements AutoCloseable {
    private final PackObjects objects;
    private final BlockingQueue<Order> orders = new ArrayBlockingQueue<>(1);
    private final ConcurrentLinkedQueue<PackBuilder> spare = new ConcurrentLinkedQueue<>();
    private final List<PackName> stored = new ArrayList<>();
    private final Thread thread = new Thread(this::storeAll, "pgkeep-packs");
    private volatile @Nullable Throwable failure;
    private PackBuilder current = new PackBuilder(0);
    private boolean ended;

    PackLine(Storage storage) {
        objects = new PackObjects(storage);
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds a stored chunk to a pack; waits while packs are stored more slowly than they are filled. */
    synchronized Spot append(ChunkId id, byte[] bytes, int offset, int storedLength, int length) {
        check();
        if (ended) {
            throw new IllegalStateException("this writer has ended");
        }
        if (!current.fits(storedLength)) {
            handOver();
        }
        int at = current.append(id, bytes, offset, storedLength, length);
        return new Spot(current.number(), at);
    }

    /** Stores the last pack and waits until all are there: their names, by number. */
    synchronized List<PackName> finish() {
        check();
        if (!current.isEmpty()) {
            handOver();
        }
        close();
        check();
        return List.copyOf(stored);
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

    private void handOver() {
        PackBuilder full = current;
        PackBuilder next = spare.poll();
        int number = full.number() + 1;
        if (next == null) {
            next = new PackBuilder(number);
        } else {
            next.reset(number);
        }
        current = next;
        give(new Order(full));
    }

    private void give(Order order) {
        try {
            orders.put(order);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }

    /** After a failure it goes on to take orders, so that nobody waits for ever, and stores no more. */
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
            stored.add(objects.store(pack));
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
