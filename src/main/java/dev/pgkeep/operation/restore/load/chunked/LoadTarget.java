package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import java.util.Optional;

/**
 * The database that a load goes to, and how.
 *
 * @param encoding of the database that the rows came from
 * @param moneyLocale {@code lc_monetary} under which their money was printed; empty where nobody knows
 */
record LoadTarget(
        Connector connector, Target database, LoadSettings settings, String encoding, Optional<String> moneyLocale) {}
