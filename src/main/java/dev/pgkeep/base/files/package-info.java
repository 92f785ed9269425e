/**
 * Files and folders where others may write too. What is removed is found from opened folders, so that no link leads out
 * of them, whoever puts one there meanwhile; and only regular files are read. Doors:
 * {@link dev.pgkeep.base.files.FileTree}, {@link dev.pgkeep.base.files.OpenFolder},
 * {@link dev.pgkeep.base.files.RegularFile}.
 *
 * <p>And what is needed for a while, and goes even when its process is killed:
 * {@link dev.pgkeep.base.files.TemporaryFile}, {@link dev.pgkeep.base.files.OwnedFolder}.
 *
 * <p>What is its owner's alone, and there after a power loss: {@link dev.pgkeep.base.files.PrivateMode},
 * {@link dev.pgkeep.base.files.DurableFolder}.
 *
 * <p>And what content is known by: {@link dev.pgkeep.base.files.Sha256}.
 */
@NullMarked
package dev.pgkeep.base.files;

import org.jspecify.annotations.NullMarked;
