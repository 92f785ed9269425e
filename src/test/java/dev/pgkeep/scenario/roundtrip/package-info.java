/**
 * The whole loop against real servers: what is backed up, destroyed and restored is the same as before, in schema and
 * in every row. {@link dev.pgkeep.scenario.roundtrip.Workbench} is one working folder with its repository;
 * {@link dev.pgkeep.scenario.roundtrip.State} is what a database holds, for comparing.
 */
@org.jspecify.annotations.NullMarked
package dev.pgkeep.scenario.roundtrip;
