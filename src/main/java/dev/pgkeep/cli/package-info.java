/**
 * Is the command line: one class per command, which reads its options, runs one operation and prints what came of it.
 * {@link dev.pgkeep.cli.CommandLineRunner} is the door.
 *
 * <ol>
 *   <li>It finds the command in {@code Commands}, of which only the one that is called is loaded, since starting fast
 *       matters more here than anywhere, and has picocli read the options.
 *   <li>{@code Session} is what the command gets: its options, console, progress and trust, and {@code Pgkeep}, wired
 *       when it is first asked for.
 *   <li>The command plans by one operation, shows the plan ({@code BackupReport}, {@code RestoreScreen}, …), lets the
 *       operation run, and prints: sentences for people, or one document of {@code render} with {@code --json}.
 *       {@code DestructiveConfirmation} is where the person is asked.
 *   <li>Every failure becomes a message with a hint ({@code ErrorOutput}) and an exit status.
 * </ol>
 */
@NullMarked
package dev.pgkeep.cli;

import org.jspecify.annotations.NullMarked;
