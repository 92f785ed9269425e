/**
 * The schema of a live database as values, and how two of them differ. {@link dev.pgkeep.schema.SchemaReader} reads,
 * {@link dev.pgkeep.schema.SchemaDifference} is a pure function of two {@link dev.pgkeep.schema.Schema}s. Objects of
 * extensions belong to their extension; what a partition has from its parent is its parent's.
 */
@NullMarked
package dev.pgkeep.schema;

import org.jspecify.annotations.NullMarked;
