/**
 * Chunked backups under stress: processes that die at any step, storage that lies, a hundred backups with churn and
 * pruning, memory. Short in {@code mvn verify}; {@code -Dpgkeep.campaign=true} makes the long forms of them.
 */
@NullMarked
package dev.pgkeep.scenario.chunked;

import org.jspecify.annotations.NullMarked;
