/**
 * Turns a backup into something that needs no pgkeep. Door: {@link dev.pgkeep.operation.export.Export}, which holds the
 * backup and chooses the way.
 *
 * <ol>
 *   <li>Chunks to SQL, without a server ({@code ScriptExport}): the skeleton's own script ({@code SkeletonScript})
 *       around rows that are printed here ({@code ScriptRows}). Tables with a column that cannot be printed come as
 *       binary COPY files beside the script, which makes a kit: a folder that psql alone restores.
 *   <li>What is stored in the wanted format already is copied ({@code PortableCopy}).
 *   <li>Anything else is pg_dump's, from a scratch database that is always dropped ({@code ServerExport}).
 * </ol>
 *
 * <p>Everything is written as a {@code Draft}, under a temporary name with mode 600, and gets its name when it is
 * complete and synced.
 */
@NullMarked
package dev.pgkeep.operation.export;

import org.jspecify.annotations.NullMarked;
