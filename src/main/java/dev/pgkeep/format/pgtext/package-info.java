/**
 * Values of COPY's binary form as the text that the server itself would print (ISO dates, UTC, hexadecimal bytea,
 * shortest floats), and rows of them as COPY's text form. Door: {@link dev.pgkeep.format.pgtext.RowPrinter}; which
 * types can be printed says {@link dev.pgkeep.format.pgtext.TypePrinters}.
 *
 * <p>Nothing is converted between encodings: text stays in the bytes of the database it came from. Wide values pass in
 * pieces; only what has a structure (arrays, numbers) is held whole.
 */
@NullMarked
package dev.pgkeep.format.pgtext;

import org.jspecify.annotations.NullMarked;
