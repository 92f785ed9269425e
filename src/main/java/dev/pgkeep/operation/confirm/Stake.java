package dev.pgkeep.operation.confirm;

import dev.pgkeep.postgres.connect.Target;

/**
 * The stake: what somebody is about to lose.
 *
 * @param target the database
 * @param marked whether it bears the mark of {@code pgkeep protect}
 * @param what completes "Type yes to …", for instance {@code replace shop}
 * @param routine whether nothing is asked unless the database is protected
 */
public record Stake(Target target, boolean marked, String what, boolean routine) {
    /** A stake about which is asked whatever database it is. */
    public Stake(Target target, boolean marked, String what) {
        this(target, marked, what, false);
    }
}
