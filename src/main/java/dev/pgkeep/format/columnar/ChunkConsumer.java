package dev.pgkeep.format.columnar;

/**
 * Takes the bytes of a chunk, for instance a chunk writer's {@code put}.
 *
 * @param <R> what becomes of it
 */
@FunctionalInterface
public interface ChunkConsumer<R> {
    /**
     * @param bytes valid only during the call
     * @param seams where bytes of another kind begin, counted from the offset, ascending: what compresses them may want
     *     to know
     */
    R take(byte[] bytes, int offset, int length, int[] seams);
}
