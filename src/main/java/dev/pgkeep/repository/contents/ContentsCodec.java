package dev.pgkeep.repository.contents;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.contents.TableContents.Column;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

    private static final int VERSION = 2;
    /** The version in which no chunk is stored relative to another. */
    private static final int WITHOUT_CHANGES = 1;

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
                add(readTable(in, version > WITHOUT_CHANGES), tables);
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
            parts.add(table.withExtents(extents.subList(from, Math.min(extents.size(), from + EXTENTS_IN_A_PART))));
        }
        return parts;
    }

    private static void add(TableContents part, List<TableContents> tables) {
        if (!tables.isEmpty() && tables.getLast().name().equals(part.name())) {
            TableContents before = tables.removeLast();
            List<Extent> extents = new ArrayList<>(before.extents());
            extents.addAll(part.extents());
            tables.add(before.withExtents(extents));
        } else {
            tables.add(part);
        }
    }

    private static void write(TableContents table, VarBytes out) {
        out.text(table.name().schema());
        out.text(table.name().name());
        out.octet((table.root().isPresent() ? 1 : 0) | (table.loadThroughRoot() ? 2 : 0));
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

    private static TableContents readTable(ByteBuffer in, boolean changes) {
        TableName name = new TableName(VarBytes.text(in), VarBytes.text(in));
        int flags = in.get();
        Optional<TableName> root =
                (flags & 1) == 0 ? Optional.empty() : Optional.of(new TableName(VarBytes.text(in), VarBytes.text(in)));
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
        List<Extent> extents = new ArrayList<>();
        for (long left = VarBytes.number(in); left > 0; left--) {
            extents.add(readExtent(in, changes));
        }
        return new TableContents(name, root, (flags & 2) != 0, format, columns, fileNode, extents);
    }

    private static Extent readExtent(ByteBuffer in, boolean changes) {
        long first = VarBytes.number(in);
        int blocks = Math.toIntExact(VarBytes.number(in));
        RowHash content = new RowHash(VarBytes.number(in), in.getLong(), in.getLong());
        List<RowChunk> chunks = new ArrayList<>();
        for (long left = VarBytes.number(in); left > 0; left--) {
            chunks.add(RowChunk.whole(VarBytes.id(in)));
        }
        for (long left = changes ? VarBytes.number(in) : 0; left > 0; left--) {
            int at = Math.toIntExact(VarBytes.number(in));
            Objects.checkIndex(at, chunks.size());
            RowChunk.Change change = new RowChunk.Change(VarBytes.id(in), VarBytes.id(in));
            chunks.set(at, new RowChunk(chunks.get(at).id(), Optional.of(change)));
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
