/**
 * Sets a project up: a commented {@code pgkeep.toml}, the backup folder in {@code .gitignore}, and texts to paste for
 * the schedulers and pipelines that people use. {@link dev.pgkeep.operation.init.Init} is the door: it plans (pure but
 * for reading the folder), and then writes what it planned.
 *
 * <p>The texts are resources with {@code @names@} in them; {@link dev.pgkeep.operation.init.Quoting} knows how each
 * reader wants paths written. The list of keys comes from the configuration and is handed in.
 */
@NullMarked
package dev.pgkeep.operation.init;

import org.jspecify.annotations.NullMarked;
