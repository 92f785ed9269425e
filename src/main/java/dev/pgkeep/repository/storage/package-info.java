/**
 * Keeps the objects of a repository's chunk store. Door: {@link dev.pgkeep.repository.storage.Storage}, the contract;
 * {@link dev.pgkeep.repository.storage.LocalStorage} keeps it in a folder.
 * {@link dev.pgkeep.repository.storage.FileErrors} says what to do about errors of the file system, also where the
 * repository itself meets them.
 *
 * <p>Objects are written whole, once, and never changed; an object is there completely or not at all, whatever happens
 * to the writer. A reader must not trust what it gets: everything above checks hashes.
 */
@NullMarked
package dev.pgkeep.repository.storage;

import org.jspecify.annotations.NullMarked;
