/**
 * Looks for what is wrong with a repository as a whole, beyond what each of its backups says of itself: lost backups,
 * packs and their index, documents of rows, marks, files of unknown origin. Door:
 * {@link dev.pgkeep.repository.inspection.Inspection}, whose {@link dev.pgkeep.repository.inspection.Finding}s verify,
 * status and doctor tell. Reads only.
 */
@NullMarked
package dev.pgkeep.repository.inspection;

import org.jspecify.annotations.NullMarked;
