/**
 * Dangerous commands made harmless: {@link dev.pgkeep.operation.guard.GuardedRun} looks at the database, backs it up,
 * runs a command of the application, looks again, and goes back when that is wanted. The record of the run is written
 * after the safety backup and before the command starts, so that undo finds the way back whatever happens then. Two
 * runs on one database take turns ({@link dev.pgkeep.operation.guard.ChangeLock}).
 */
@NullMarked
package dev.pgkeep.operation.guard;

import org.jspecify.annotations.NullMarked;
