/**
 * How results look: text for people, JSON for programs, progress on the side. Results go to stdout, everything else to
 * stderr, so that a pipe gets the result alone. Colours and the moving bar appear on a terminal only.
 */
@NullMarked
package dev.pgkeep.cli.render;

import org.jspecify.annotations.NullMarked;
