package dev.pgkeep.operation.demo;

import java.util.Optional;

/**
 * One number that the shop's owner looks at.
 *
 * @param name for instance {@code orders}
 * @param value as people write it; empty when what it was read from is gone
 */
public record Figure(String name, Optional<String> value) {}
