/**
 * Reading dump files, whoever made them. {@link dev.pgkeep.dump.DumpFile} recognises one by its content, whatever its
 * name; {@link dev.pgkeep.dump.DumpReader} reads it to the end as a stream of SQL, which finds every truncation, and
 * tells the tables and rows in it; {@link dev.pgkeep.dump.SqlScanner} takes that stream apart into statements and COPY
 * rows without ever holding more than a buffer, so that a value of any size passes through;
 * {@link dev.pgkeep.dump.ScriptFilter} lets through what a restore wants, and hands it to whoever writes or runs it.
 */
@NullMarked
package dev.pgkeep.dump;

import org.jspecify.annotations.NullMarked;
