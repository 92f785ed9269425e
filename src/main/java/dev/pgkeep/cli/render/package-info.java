/**
 * Decides how results look: text for people, JSON for programs, progress on the side.
 * {@link dev.pgkeep.cli.render.Console} is where a run reads and writes; each {@code …Json} is the document of one
 * command, put together by {@link dev.pgkeep.cli.render.Json}; {@link dev.pgkeep.cli.render.BarProgress},
 * {@link dev.pgkeep.cli.render.LineProgress} and {@link dev.pgkeep.cli.render.QuietProgress} show how far it is.
 *
 * <p>Results go to stdout, everything else to stderr, so that a pipe gets the result alone. Colours and the moving bar
 * appear on a terminal only.
 */
@NullMarked
package dev.pgkeep.cli.render;

import org.jspecify.annotations.NullMarked;
