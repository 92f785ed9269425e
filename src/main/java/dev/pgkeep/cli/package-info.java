/**
 * The command line: one class per command, which reads its options, runs one use case and prints what came of it.
 * {@link dev.pgkeep.cli.CommandLineRunner} is the door; it turns every failure into a message with a hint and an exit
 * status. Only the command that is called is loaded, since starting fast matters more here than anywhere.
 */
@NullMarked
package dev.pgkeep.cli;

import org.jspecify.annotations.NullMarked;
