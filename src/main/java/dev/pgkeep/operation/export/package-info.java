/**
 * Turns a backup into something that needs no pgkeep. Door: {@link dev.pgkeep.operation.export.Export}.
 *
 * <p>A script is written without a server: the skeleton's own script around rows that are printed here. Tables with a
 * column that cannot be printed come as binary COPY files beside the script, which makes a kit: a folder that psql
 * alone restores. Other formats are pg_dump's, from a scratch database that is always dropped; what is stored in the
 * wanted format already is copied.
 *
 * <p>Everything is written under a temporary name with mode 600 and gets its name when it is complete and synced.
 */
@NullMarked
package dev.pgkeep.operation.export;

import org.jspecify.annotations.NullMarked;
