package dev.pgkeep.restore.chunked;

import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;

/**
 * Where a load goes.
 *
 * @param encoding of the database that the rows came from
 */
record LoadSite(Connector connector, Target database, LoadSettings settings, String encoding) {}
