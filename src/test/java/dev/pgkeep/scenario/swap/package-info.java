/**
 * Restores beside a database that is in use: the swap of names, the way back, and what a crash at any moment leaves.
 */
@org.jspecify.annotations.NullMarked
package dev.pgkeep.scenario.swap;
