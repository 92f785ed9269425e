/**
 * Rows of COPY to columns and back: deterministic and pure, so that the same rows give the same bytes on every machine,
 * which is what deduplication lives on.
 *
 * <p>Doors: {@link dev.pgkeep.format.columnar.RowEncoder} and {@link dev.pgkeep.format.columnar.RowDecoder};
 * {@link dev.pgkeep.format.columnar.RowHash} for the content of a table whatever the order of its rows. Knows nothing
 * of PostgreSQL beyond the wire form of a row, nor of files, compression or identity of chunks.
 *
 * <p>Invariant: what was encoded decodes to the same bytes, or decoding fails with {@code CHUNK_DAMAGED}. The layout is
 * described in docs/chunked-format.md.
 */
@NullMarked
package dev.pgkeep.format.columnar;

import org.jspecify.annotations.NullMarked;
