package dev.pgkeep.postgres.copy;

/**
 * Heap blocks from {@code first} (inclusive) on; the last range of a table is open, so that no row can lie behind it.
 */
public record BlockRange(long first, int blocks, boolean open) {}
