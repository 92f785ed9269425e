package dev.pgkeep.repository.storage;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Lies about objects of another storage, as disks, networks and people do. Each lie is about chosen paths. */
public final class FaultyStorage implements Storage {
    private final Storage real;
    private final RandomGenerator random;
    private final List<Rule> rules = new ArrayList<>();

    public FaultyStorage(Storage real, RandomGenerator random) {
        this.real = real;
        this.random = random;
    }

    /** From now on tells that lie about objects of that kind of path. */
    public FaultyStorage lie(Lie lie, Predicate<String> about) {
        rules.add(new Rule(lie, about));
        return this;
    }

    /** The truth again. */
    public void behave() {
        rules.clear();
    }

    @Override
    public boolean create(String path, byte[] bytes, int offset, int length) {
        for (var rule : rules) {
            if (rule.about.test(path)) {
                switch (rule.lie) {
                    case WRITE_NOTHING -> {
                        return true;
                    }
                    case WRITE_LESS -> {
                        return real.create(path, bytes, offset, length / 2);
                    }
                    case WRITE_FLIPPED -> {
                        byte[] changed = Arrays.copyOfRange(bytes, offset, offset + length);
                        flip(changed);
                        return real.create(path, changed, 0, length);
                    }
                    case DISK_FULL ->
                        throw new PgkeepException(ErrorCode.DISK_FULL, "cannot write: the disk is full", "free space");
                    case FLIP, CUT, LOSE, SWAP, DELAY, IO_ERROR -> {}
                }
            }
        }
        return real.create(path, bytes, offset, length);
    }

    @Override
    public byte[] read(String path, long offset, int length) {
        byte[] bytes = real.read(path, offset, length);
        for (var rule : rules) {
            if (rule.about.test(path)) {
                bytes = changed(rule.lie, path, bytes, offset, length);
            }
        }
        return bytes;
    }

    private byte[] changed(Lie lie, String path, byte[] bytes, long offset, int length) {
        return switch (lie) {
            case FLIP -> {
                flip(bytes);
                yield bytes;
            }
            case CUT -> Arrays.copyOf(bytes, bytes.length / 2);
            case LOSE -> throw new PgkeepException(ErrorCode.OBJECT_MISSING, path + " is missing", "put it back");
            case IO_ERROR ->
                throw new PgkeepException(ErrorCode.FILE_FAILED, "cannot read " + path + ": Input/output error", "");
            case SWAP -> real.read(other(path), offset, length);
            case DELAY -> {
                try {
                    Thread.sleep(random.nextInt(3));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield bytes;
            }
            case WRITE_NOTHING, WRITE_LESS, WRITE_FLIPPED, DISK_FULL -> bytes;
        };
    }

    private String other(String path) {
        return real.list(path.substring(0, path.indexOf('/'))).stream()
                .map(Stored::path)
                .filter(each -> !each.equals(path))
                .findFirst()
                .orElseThrow();
    }

    private void flip(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    @Override
    public List<Stored> list(String folder) {
        return real.list(folder).stream().filter(each -> !isLost(each.path())).toList();
    }

    private boolean isLost(String path) {
        return rules.stream().anyMatch(rule -> rule.lie == Lie.LOSE && rule.about.test(path));
    }

    @Override
    public void delete(String path) {
        real.delete(path);
    }

    @Override
    public long removeUnfinished(String folder) {
        return real.removeUnfinished(folder);
    }

    /** What it does instead of what it was asked to. */
    public enum Lie {
        /** Answers with one bit changed. */
        FLIP,
        /** Answers with half of the bytes. */
        CUT,
        /** Knows nothing of the object. */
        LOSE,
        /** Answers with bytes of another object. */
        SWAP,
        /** Takes its time. */
        DELAY,
        /** Cannot read. */
        IO_ERROR,
        /** Says it stored the object. */
        WRITE_NOTHING,
        /** Stores half of it. */
        WRITE_LESS,
        /** Stores it with one bit changed. */
        WRITE_FLIPPED,
        DISK_FULL
    }

    private record Rule(Lie lie, Predicate<String> about) {}
}
