/**
 * What tests of several packages share: real servers of every version to be had, databases that come and go, the
 * databases they back up and how two of them are compared, pgkeep as a process of its own, and things that fail.
 *
 * <p>{@link dev.pgkeep.testing.PostgresServers} holds one shared server for each major version, started when it is
 * first asked for and gone with the JVM; {@link dev.pgkeep.testing.EachServerVersion} runs a test on all of them.
 * {@link dev.pgkeep.testing.TestDatabase} is what most tests want, {@link dev.pgkeep.testing.PostgresClients} knows the
 * client programs, also those that the build fetched. Shared servers are never stopped: a test that stops or kills one
 * starts its own, see {@code PostgresServers.own}.
 *
 * <p>{@link dev.pgkeep.testing.EverythingDatabase} fills a database, {@link dev.pgkeep.testing.ContentHash} and
 * {@link dev.pgkeep.testing.SchemaText} tell whether another one is the same. They know nothing of pgkeep's own way of
 * looking at a database, so that they can prove it wrong.
 *
 * <p>{@link dev.pgkeep.testing.PgkeepProcess} runs the command line in a child, on a terminal when asked;
 * {@link dev.pgkeep.testing.FlakyProxy} and {@link dev.pgkeep.testing.SmallDisk} break things.
 */
@NullMarked
package dev.pgkeep.testing;

import org.jspecify.annotations.NullMarked;
