/**
 * Reading dump files, whoever made them. {@link dev.pgkeep.postgres.dump.DumpFile} recognises one by its content,
 * whatever its name; {@link dev.pgkeep.postgres.dump.DumpReader} reads it to the end as a stream of SQL, which finds
 * every truncation, and tells the tables and rows in it; {@link dev.pgkeep.postgres.dump.SqlScanner} takes that stream
 * apart into statements and COPY rows without ever holding more than a buffer, so that a value of any size passes
 * through; {@link dev.pgkeep.postgres.dump.ScriptFilter} lets through what a restore wants, and hands it to whoever
 * writes or runs it.
 */
@NullMarked
package dev.pgkeep.postgres.dump;

import org.jspecify.annotations.NullMarked;
