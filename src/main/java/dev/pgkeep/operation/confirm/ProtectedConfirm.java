package dev.pgkeep.operation.confirm;

import java.util.Optional;

/**
 * The usual way to confirm. A database is protected when it bears the mark of {@code pgkeep protect}, whatever profile
 * is in force, or when the configuration says so of it. Of such a one the name is wanted; of any other a yes.
 *
 * @param protection what the configuration protects
 * @param allowProtected whether a protected database is like any other
 * @param asker who answers
 */
public record ProtectedConfirm(ConfiguredProtection protection, boolean allowProtected, Asker asker)
        implements Confirm {
    @Override
    public void ask(Stake stake) {
        Optional<String> why = allowProtected ? Optional.empty() : protection.why(stake.target(), stake.marked());
        if (why.isPresent()) {
            asker.name(stake.target().database(), why.get(), stake.what());
        } else if (!stake.routine()) {
            asker.yes(stake.what());
        }
    }
}
