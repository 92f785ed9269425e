/**
 * Second tries of what failed while a database was loaded. Door:
 * {@link dev.pgkeep.operation.restore.load.mend.Mending}.
 *
 * <p>A dump that pg_dump made may not load although nothing is wrong with it: its functions find others through a
 * search path that is empty while it is loaded; its rows break constraints that were checked when they said something
 * else; what it needs comes later. So what failed is tried once more, alone, after everything else; then with the
 * search path of its database; then without what its rows break, which comes back as NOT VALID where that exists and
 * stays away where it does not. Whatever was done differently is said, and rows are never left out. What fails then
 * fails the restore, with the words of the server ({@code ServerFailure} decides, by SQLSTATE).
 */
@NullMarked
package dev.pgkeep.operation.restore.load.mend;

import org.jspecify.annotations.NullMarked;
