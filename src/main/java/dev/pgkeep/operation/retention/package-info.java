/**
 * Decides which backups may go, and lets them go.
 *
 * <ol>
 *   <li>{@link dev.pgkeep.operation.retention.RetentionPlan} decides, as a pure function of the listing, the
 *       {@link dev.pgkeep.operation.retention.KeepRules} and a moment: a
 *       {@link dev.pgkeep.operation.retention.Decision} with a reason for every backup of one database.
 *       {@code RuleVerdicts} says what the rules want, {@code Protections} what stays in spite of them.
 *   <li>{@link dev.pgkeep.operation.retention.Prune} removes what a plan lets go, oldest first, and looks again before
 *       it begins: what would be kept now is skipped. {@link dev.pgkeep.operation.retention.RetentionAfterBackup} does
 *       so after a backup; {@link dev.pgkeep.operation.retention.Delete} removes what somebody names.
 *   <li>Chunks that no backup needs any more are taken back by a sweep of the repository.
 * </ol>
 *
 * <p>Rules: {@code keep-last N} keeps the newest N checked backups, {@code older-than} keeps what is not older yet.
 * Where both are given, a backup stays as long as any of them keeps it. Each kind is counted by itself, and so are
 * whole and partial backups. Backups that are unchecked or damaged do not count: {@code older-than} alone decides about
 * them, or, where there is no such rule, N newer checked ones.
 *
 * <p>Invariants, whatever the rules: other databases are not looked at; what pgkeep did not make is never removed; nor
 * are pinned backups, the newest proven, the newest checked (of whole databases, where there is any) and the newest of
 * these that is not a safety backup of a restore.
 */
@NullMarked
package dev.pgkeep.operation.retention;

import org.jspecify.annotations.NullMarked;
