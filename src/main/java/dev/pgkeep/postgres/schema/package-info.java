/**
 * Reads the schema of a live database as values, and tells how two of them differ.
 * {@link dev.pgkeep.postgres.schema.SchemaReader} reads, an {@code .sql} file for each
 * {@link dev.pgkeep.postgres.schema.ObjectKind}; {@link dev.pgkeep.postgres.schema.SchemaDifference} is a pure function
 * of two {@link dev.pgkeep.postgres.schema.Schema}s. Objects of extensions belong to their extension; what a partition
 * has from its parent is its parent's ({@code ParentObject}).
 */
@NullMarked
package dev.pgkeep.postgres.schema;

import org.jspecify.annotations.NullMarked;
