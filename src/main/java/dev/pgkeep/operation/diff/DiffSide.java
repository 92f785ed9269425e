package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.pgtext.TypePrinters;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

/** One of two states of a database that are compared. */
interface DiffSide extends AutoCloseable {
    /** The name of the backup or of the database, for people. */
    String name();

    /** Every table whose rows can be compared. */
    List<Leaf> leaves();

    /** Keys and foreign keys, of partitioned tables once. */
    Map<TableName, TableShape> shapes();

    /** Prints values of its types. */
    TypePrinters printers();

    /** The encoding of this side's text. */
    Charset charset();

    /** The reason why a table may be missing here that is on the other side; empty where everything is here. */
    String leftOut();

    @Override
    void close();
}
