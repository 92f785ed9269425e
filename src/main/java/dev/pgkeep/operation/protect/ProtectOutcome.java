package dev.pgkeep.operation.protect;

import dev.pgkeep.postgres.catalog.Protection;
import java.util.Optional;

/**
 * The outcome for the mark of a database.
 *
 * @param changed whether it was otherwise before; with a dry run, whether it would have changed
 * @param carrier where the mark is, if it was put there now
 */
public record ProtectOutcome(boolean changed, Optional<Protection.Carrier> carrier) {}
