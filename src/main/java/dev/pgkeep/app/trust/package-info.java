/**
 * Decides whose files are read, and which programs may be started that files name. Door:
 * {@link dev.pgkeep.app.trust.Trust}.
 *
 * <ol>
 *   <li>It reads every file of the configuration: one that others own or may write ({@code Ownership}) is refused
 *       unless it was allowed with exactly that content.
 *   <li>A key whose value is run becomes a value that gives the program out only when it is allowed: there
 *       {@code Trust.require} looks into the list, asks the person once ({@code Approval}), or ends the run, so that no
 *       command can forget it.
 *   <li>What was allowed stands outside of every project ({@link dev.pgkeep.app.trust.TrustList}), one file per user,
 *       as hashes of what was seen then.
 * </ol>
 */
@NullMarked
package dev.pgkeep.app.trust;

import org.jspecify.annotations.NullMarked;
