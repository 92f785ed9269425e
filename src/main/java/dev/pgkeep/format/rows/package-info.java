/**
 * The rows document: chosen rows of some tables in one JSON file that a person can read and that gives every value back
 * exactly. {@link dev.pgkeep.format.rows.RowsWriter} writes it from a {@link dev.pgkeep.format.rows.RowSource},
 * {@link dev.pgkeep.format.rows.RowsReader} reads it; both take one row at a time. Nothing here knows a database.
 *
 * <p>A value is the text that PostgreSQL prints for it under fixed settings; JSON's own null, true, false and integers
 * stand for theirs. Each section has the hash of its rows as lines of COPY, which are made again from the JSON when it
 * is read, and the document ends with the SHA-256 of everything before. docs/rows-document.md has every key.
 */
@NullMarked
package dev.pgkeep.format.rows;

import org.jspecify.annotations.NullMarked;
