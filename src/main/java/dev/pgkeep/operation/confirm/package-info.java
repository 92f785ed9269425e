/**
 * Asks before something is destroyed. An operation calls {@link dev.pgkeep.operation.confirm.Confirm} once it knows
 * everything and before its first change, telling what is at {@link dev.pgkeep.operation.confirm.Stake};
 * {@link dev.pgkeep.operation.confirm.ProtectedConfirm} knows which databases are protected, of which it wants the
 * name, and of any other a yes; an {@link dev.pgkeep.operation.confirm.Asker} answers: a terminal, or a policy where
 * nobody sits.
 */
@NullMarked
package dev.pgkeep.operation.confirm;

import org.jspecify.annotations.NullMarked;
