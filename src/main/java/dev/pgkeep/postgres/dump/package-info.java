/**
 * Reads dump files, whoever made them.
 *
 * <ol>
 *   <li>{@link dev.pgkeep.postgres.dump.DumpFile} recognises one by its content, whatever its name.
 *   <li>{@link dev.pgkeep.postgres.dump.DumpReader} reads it to the end as a stream of SQL (an archive by pg_restore),
 *       which finds every truncation, and tells the tables and rows in it; an archive's table of contents is an
 *       {@link dev.pgkeep.postgres.dump.ArchiveListing}.
 *   <li>{@code SqlScanner} takes that stream apart into statements and COPY rows without ever holding more than a
 *       buffer, so that a value of any size passes through; {@code DumpScan} counts.
 *   <li>{@code ScriptFilter} lets through what a {@link dev.pgkeep.postgres.dump.ScriptChoice} wants, and hands it to a
 *       {@link dev.pgkeep.postgres.dump.ScriptVisitor}, which writes or runs it.
 * </ol>
 */
@NullMarked
package dev.pgkeep.postgres.dump;

import org.jspecify.annotations.NullMarked;
