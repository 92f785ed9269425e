package dev.pgkeep.operation.diff;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowCutter;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.pgtext.TypePrinters;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.contents.rows.TableRows;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A stored backup. Of its chunks only those are read whose rows are asked for. */
final class StoredSide implements DiffSide {
    private final ChunkedSource source;
    private final List<TableContents> tables;
    private final List<Leaf> leaves;
    private final Map<TableName, TableShape> shapes;
    private final TypePrinters printers;

    StoredSide(ChunkedSource source, Predicate<TableName> chosen, Cancellation cancellation) {
        this.source = source;
        this.shapes = StoredShapes.of(source.definitions()
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.FORMAT_UNSUPPORTED,
                        "the schema of " + source.name() + " was written by a newer pg_dump than is known here",
                        "update pgkeep to read it")));
        this.printers = source.printers();
        this.tables = source.contents().tables().stream()
                .filter(table ->
                        chosen.test(table.name()) || table.root().filter(chosen).isPresent())
                .toList();
        this.leaves = tables.stream()
                .map(table -> leaf(table, new TableRows(source.store(), 0, Progress.SILENT, cancellation)))
                .toList();
    }

    private static Leaf leaf(TableContents table, TableRows rows) {
        return new Leaf(
                table.name(),
                table.root(),
                table.format(),
                table.columns(),
                table.extents().stream()
                        .map(extent -> (Leaf.Part) new Stored(table, extent, rows))
                        .toList());
    }

    private record Stored(TableContents table, Extent extent, TableRows rows) implements Leaf.Part {
        @Override
        public long firstBlock() {
            return extent.firstBlock();
        }

        @Override
        public Optional<RowHash> content() {
            return Optional.of(extent.content());
        }

        @Override
        public boolean isUnchanged() {
            return false;
        }

        @Override
        public void read(RowConsumer taker) throws IOException {
            rows.read(table, extent, new RowCutter(table.format(), taker));
        }
    }

    /** Its tables, those that are compared. */
    List<TableContents> tables() {
        return tables;
    }

    ChunkedSource source() {
        return source;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public List<Leaf> leaves() {
        return leaves;
    }

    @Override
    public Map<TableName, TableShape> shapes() {
        return shapes;
    }

    @Override
    public TypePrinters printers() {
        return printers;
    }

    @Override
    public Charset charset() {
        return source.charset();
    }

    @Override
    public String leftOut() {
        Manifest metadata = source.metadata();
        return metadata.filters().isEmpty()
                ? ""
                : source.name() + " holds only what was chosen for it: " + String.join(" ", metadata.filters());
    }

    @Override
    public void close() {}
}
