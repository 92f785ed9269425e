/**
 * Says what a backup <em>is</em>: the records that are stored beside its data, their JSON
 * ({@link dev.pgkeep.format.manifest.ManifestJson}), and the words for kinds, formats and marks. No input or output
 * happens here. {@link dev.pgkeep.format.manifest.Manifest} is written once and never changed; whatever is learned
 * about a backup later is a {@link dev.pgkeep.format.manifest.Mark}; listings read a
 * {@link dev.pgkeep.format.manifest.Summary} of it. Readers skip fields that they do not know, so that older versions
 * can read what newer ones wrote.
 */
@NullMarked
package dev.pgkeep.format.manifest;

import org.jspecify.annotations.NullMarked;
