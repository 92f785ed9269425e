/**
 * Files and folders where others may write too. What is removed is found from opened folders, so that no link leads out
 * of them, whoever puts one there meanwhile; and only regular files are read. Doors: {@link dev.pgkeep.files.FileTree},
 * {@link dev.pgkeep.files.OpenFolder}, {@link dev.pgkeep.files.RegularFile}.
 */
@NullMarked
package dev.pgkeep.files;

import org.jspecify.annotations.NullMarked;
