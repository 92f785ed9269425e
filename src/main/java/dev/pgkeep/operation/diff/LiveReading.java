package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import java.util.SortedMap;

/**
 * How much of a database a comparison read: what changed since the backup, where that can be told.
 *
 * @param bytesRead bytes of the tables that were read, as they lie on the server
 * @param bytesInAll bytes of all tables that were compared
 * @param whole the tables of which it cannot be told what changed, each with the reason, for people
 */
public record LiveReading(long bytesRead, long bytesInAll, SortedMap<TableName, String> whole) {}
