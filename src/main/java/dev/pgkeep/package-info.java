/**
 * Starts the process. {@link dev.pgkeep.Main} hands the arguments to the command line and ends the process with the
 * exit status it returns; everything else lives in the packages below.
 */
@NullMarked
package dev.pgkeep;

import org.jspecify.annotations.NullMarked;
