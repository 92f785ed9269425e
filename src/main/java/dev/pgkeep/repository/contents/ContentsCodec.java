package dev.pgkeep.repository.contents;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.contents.TableContents.Column;
import dev.pgkeep.repository.contents.TableContents.Trace;
import dev.pgkeep.repository.pack.ChunkId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The bytes of contents, in chunks of about a megabyte; see docs/chunked-format.md. A table with very many extents
 * comes in parts, one after the other, each with its columns.
 */
final class ContentsCodec {
    /** First byte of a chunk of contents. */
    static final int KIND = 3;

    private static final int VERSION = 3;
    /** The version in which no chunk is stored relative to another. */
    private static final int WITHOUT_CHANGES = 1;
    /** The last version in which no rows are patched, and tables have no traces. */
    private static final int WITHOUT_TRACES = 2;

    /** Flags of a table. */
    private static final int ROOT = 1;

    private static final int THROUGH_ROOT = 2;
    private static final int TRACE = 4;

    /** A signature is written as two numbers of so many digits. */
    private static final int DIGITS = 16;

    private static final int HEX = 16;

    private static final int CHUNK = 1 << 20;
    private static final int EXTENTS_IN_A_PART = 8192;
    /** Bytes of a chunk without tables. */
    private static final int EMPTY = 2;

    private ContentsCodec() {}

    /** Chunks that hold these tables, in this order. The same tables give the same chunks. */
    static List<byte[]> write(List<TableContents> tables) {
        List<byte[]> chunks = new ArrayList<>();
        VarBytes out = begin();
        for (TableContents table : tables) {
            for (TableContents part : parts(table)) {
                // A full part changes no more while the table grows: alone, it is stored once.
                boolean full = part.extents().size() == EXTENTS_IN_A_PART;
                if (full && out.length() > EMPTY) {
                    chunks.add(out.toBytes());
                    out = begin();
                }
                write(part, out);
                if (full || out.length() >= CHUNK) {
                    chunks.add(out.toBytes());
                    out = begin();
                }
            }
        }
        if (out.length() > EMPTY || chunks.isEmpty()) {
            chunks.add(out.toBytes());
        }
        return chunks;
    }

    /**
     * Adds what a chunk holds.
     *
     * @throws PgkeepException CHUNK_DAMAGED when it is no chunk of contents, REPOSITORY_INVALID when of a newer pgkeep
     */
    static void read(byte[] chunk, List<TableContents> tables) {
        ByteBuffer in = ByteBuffer.wrap(chunk);
        try {
            if (in.get() != KIND) {
                throw damaged(null);
            }
            int version = in.get();
            if (version > VERSION) {
                throw new PgkeepException(
                        ErrorCode.REPOSITORY_INVALID,
                        "the backup's contents were written by a newer pgkeep",
                        "update pgkeep to use it");
            }
            while (in.hasRemaining()) {
                add(readTable(in, version), tables);
            }
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    private static VarBytes begin() {
        VarBytes out = new VarBytes();
        out.octet(KIND);
        out.octet(VERSION);
        return out;
    }

    private static List<TableContents> parts(TableContents table) {
        List<Extent> extents = table.extents();
        if (extents.size() <= EXTENTS_IN_A_PART) {
            return List.of(table);
        }
        List<TableContents> parts = new ArrayList<>();
        for (int from = 0; from < extents.size(); from += EXTENTS_IN_A_PART) {
            int to = Math.min(extents.size(), from + EXTENTS_IN_A_PART);
            parts.add(part(table, from, to));
        }
        return parts;
    }

    private static TableContents part(TableContents table, int from, int to) {
        Optional<Trace> trace = table.trace().map(whole -> {
            List<ChunkId> places = whole.places();
            int first = from / TableContents.EXTENTS_OF_PLACES;
            int end = Math.ceilDiv(to, TableContents.EXTENTS_OF_PLACES);
            return new Trace(whole.oid(), whole.signature(), places.isEmpty() ? List.of() : places.subList(first, end));
        });
        return new TableContents(
                table.name(),
                table.root(),
                table.loadThroughRoot(),
                table.format(),
                table.columns(),
                table.fileNode(),
                trace,
                table.extents().subList(from, to));
    }

    private static TableContents joined(TableContents before, TableContents part) {
        List<Extent> extents = new ArrayList<>(before.extents());
        extents.addAll(part.extents());
        Optional<Trace> trace = before.trace()
                .flatMap(first -> part.trace().map(second -> {
                    List<ChunkId> places = new ArrayList<>(first.places());
                    places.addAll(second.places());
                    return new Trace(first.oid(), first.signature(), places);
                }));
        return new TableContents(
                before.name(),
                before.root(),
                before.loadThroughRoot(),
                before.format(),
                before.columns(),
                before.fileNode(),
                trace,
                extents);
    }

    private static void add(TableContents part, List<TableContents> tables) {
        if (!tables.isEmpty() && tables.getLast().name().equals(part.name())) {
            tables.add(joined(tables.removeLast(), part));
        } else {
            tables.add(part);
        }
    }

    private static void write(TableContents table, VarBytes out) {
        out.text(table.name().schema());
        out.text(table.name().name());
        out.octet((table.root().isPresent() ? ROOT : 0)
                | (table.loadThroughRoot() ? THROUGH_ROOT : 0)
                | (table.trace().isPresent() ? TRACE : 0));
        table.root().ifPresent(root -> {
            out.text(root.schema());
            out.text(root.name());
        });
        out.octet(table.format().code());
        out.number(table.columns().size());
        for (Column column : table.columns()) {
            out.text(column.name());
            out.text(column.type());
        }
        out.number(table.fileNode());
        table.trace().ifPresent(trace -> {
            out.number(trace.oid());
            out.fixed(Long.parseUnsignedLong(trace.signature().substring(0, DIGITS), HEX));
            out.fixed(Long.parseUnsignedLong(trace.signature().substring(DIGITS), HEX));
            out.number(trace.places().size());
            trace.places().forEach(out::id);
        });
        out.number(table.extents().size());
        for (Extent extent : table.extents()) {
            out.number(extent.firstBlock());
            out.number(extent.blocks());
            out.number(extent.content().rows());
            out.fixed(extent.content().high());
            out.fixed(extent.content().low());
            out.number(extent.chunks().size());
            extent.chunks().forEach(chunk -> out.id(chunk.id()));
            writeChanges(extent.chunks(), out);
            writePatches(extent.chunks(), out);
        }
    }

    private static void writeChanges(List<RowChunk> chunks, VarBytes out) {
        out.number(chunks.stream().filter(chunk -> chunk.change().isPresent()).count());
        for (int i = 0; i < chunks.size(); i++) {
            if (chunks.get(i).change().isPresent()) {
                RowChunk.Change change = chunks.get(i).change().get();
                out.number(i);
                out.id(change.delta());
                out.id(change.base());
            }
        }
    }

    private static void writePatches(List<RowChunk> chunks, VarBytes out) {
        out.number(chunks.stream().filter(chunk -> chunk.patch().isPresent()).count());
        for (int i = 0; i < chunks.size(); i++) {
            if (chunks.get(i).patch().isPresent()) {
                out.number(i);
                out.id(chunks.get(i).patch().get());
            }
        }
    }

    private static TableContents readTable(ByteBuffer in, int version) {
        TableName name = new TableName(VarBytes.text(in), VarBytes.text(in));
        int flags = in.get();
        Optional<TableName> root = (flags & ROOT) == 0
                ? Optional.empty()
                : Optional.of(new TableName(VarBytes.text(in), VarBytes.text(in)));
        int code = in.get();
        RowFormat format = code == RowFormat.BINARY.code() ? RowFormat.BINARY : RowFormat.TEXT;
        if (code != format.code()) {
            throw damaged(null);
        }
        List<Column> columns = new ArrayList<>();
        for (long left = VarBytes.number(in); left > 0; left--) {
            columns.add(new Column(VarBytes.text(in), VarBytes.text(in)));
        }
        long fileNode = VarBytes.number(in);
        Optional<Trace> trace = (flags & TRACE) == 0 ? Optional.empty() : Optional.of(readTrace(in));
        List<Extent> extents = new ArrayList<>();
        for (long left = VarBytes.number(in); left > 0; left--) {
            extents.add(readExtent(in, version));
        }
        return new TableContents(name, root, (flags & THROUGH_ROOT) != 0, format, columns, fileNode, trace, extents);
    }

    private static Trace readTrace(ByteBuffer in) {
        long oid = VarBytes.number(in);
        String signature =
                HexFormat.of().toHexDigits(in.getLong()) + HexFormat.of().toHexDigits(in.getLong());
        List<ChunkId> places = new ArrayList<>();
        for (long left = VarBytes.number(in); left > 0; left--) {
            places.add(VarBytes.id(in));
        }
        return new Trace(oid, signature, places);
    }

    private static Extent readExtent(ByteBuffer in, int version) {
        long first = VarBytes.number(in);
        int blocks = Math.toIntExact(VarBytes.number(in));
        RowHash content = new RowHash(VarBytes.number(in), in.getLong(), in.getLong());
        List<RowChunk> chunks = new ArrayList<>();
        for (long left = VarBytes.number(in); left > 0; left--) {
            chunks.add(RowChunk.whole(VarBytes.id(in)));
        }
        for (long left = version > WITHOUT_CHANGES ? VarBytes.number(in) : 0; left > 0; left--) {
            int at = Math.toIntExact(VarBytes.number(in));
            Objects.checkIndex(at, chunks.size());
            RowChunk.Change change = new RowChunk.Change(VarBytes.id(in), VarBytes.id(in));
            chunks.set(at, new RowChunk(chunks.get(at).id(), Optional.of(change)));
        }
        for (long left = version > WITHOUT_TRACES ? VarBytes.number(in) : 0; left > 0; left--) {
            int at = Math.toIntExact(VarBytes.number(in));
            Objects.checkIndex(at, chunks.size());
            chunks.set(at, chunks.get(at).patched(VarBytes.id(in)));
        }
        return new Extent(first, blocks, content, chunks);
    }

    private static PgkeepException damaged(@org.jspecify.annotations.Nullable Throwable cause) {
        return new PgkeepException(
                ErrorCode.CHUNK_DAMAGED,
                "the list of what the backup holds cannot be read",
                "take another backup: pgkeep list",
                cause);
    }
}
