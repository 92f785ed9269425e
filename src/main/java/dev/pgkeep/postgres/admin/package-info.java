/**
 * Whole databases, handled from beside: created like another, renamed, dropped, emptied. Every one that is about to be
 * changed is locked by name ({@link dev.pgkeep.postgres.admin.ServerSession}), so that what a dead run left behind can
 * be told from what a running one is at.
 */
@NullMarked
package dev.pgkeep.postgres.admin;

import org.jspecify.annotations.NullMarked;
