package dev.pgkeep.operation.restore.load.chunked;

/**
 * The tasks that are done with tables when their rows are in.
 *
 * @param proof whether their rows are read back and compared with the backup
 * @param statistics whether they get planner statistics
 */
public record PostLoadTasks(boolean proof, boolean statistics) {}
