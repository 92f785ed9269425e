package dev.pgkeep.repository.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.pack.ChunkId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BackupContentsTest {
    private final Random random = new Random(7);

    @Test
    void what_was_listed_is_read_back() {
        List<TableContents> tables = List.of(
                table("orders", 3, false),
                table("empty", 0, false),
                table("odd \"name\"\n.ü", 1, true),
                table("no columns", 2, false));
        assertThat(readBack(BackupContents.listing(tables))).isEqualTo(tables);
        assertThat(readBack(BackupContents.listing(List.of()))).isEmpty();
    }

    @Test
    void a_table_of_very_many_extents_spans_chunks_and_comes_back_as_one() {
        List<TableContents> tables =
                List.of(table("small", 1, false), table("huge", 60_000, true), table("z", 1, false));
        List<byte[]> chunks = BackupContents.listing(tables);
        assertThat(chunks).hasSizeGreaterThan(2).allMatch(chunk -> chunk.length < 3 << 20);
        assertThat(readBack(chunks)).isEqualTo(tables);
    }

    @Test
    void of_a_large_table_that_grows_only_the_end_of_the_list_is_new() {
        TableContents large = table("large", 60_000, false);
        List<Extent> more = new ArrayList<>(large.extents().subList(0, 59_999));
        more.addAll(table("large", 30, false).extents());
        List<byte[]> before = BackupContents.listing(List.of(table("a", 3, false), large, table("z", 1, false)));
        List<byte[]> after =
                BackupContents.listing(List.of(table("a", 4, false), large.withExtents(more), table("z", 2, false)));
        var known = before.stream().map(ByteBuffer::wrap).collect(Collectors.toSet());
        assertThat(after.stream().map(ByteBuffer::wrap).filter(chunk -> !known.contains(chunk)))
                .hasSize(2)
                .allMatch(chunk -> chunk.remaining() < 512 << 10);
    }

    @Test
    void traces_and_patches_come_back_also_of_very_many_extents() {
        for (int extents : List.of(0, 1, 127, 128, 129, 8192, 8193, 30_000)) {
            List<TableContents> tables = List.of(
                    traced(table("a", 2, true)),
                    traced(table("huge", extents, extents % 2 == 0)),
                    table("z", 1, false));
            assertThat(readBack(BackupContents.listing(tables))).isEqualTo(tables);
        }
    }

    @Test
    void a_table_with_a_signature_but_no_places_comes_back() {
        TableContents plain = table("t", 20_000, false);
        TableContents known = withTrace(plain, List.of());
        assertThat(readBack(BackupContents.listing(List.of(known)))).containsExactly(known);
    }

    @Test
    void places_of_a_part_belong_to_whole_groups_of_extents() {
        assertThat(8192 % TableContents.EXTENTS_OF_PLACES).isZero();
    }

    @Test
    void every_chunk_that_a_trace_or_a_patch_names_is_kept() {
        TableContents table = traced(table("orders", 400, false));
        List<ChunkId> named = new ArrayList<>();
        new BackupContents(List.of(table), List.of(), List.of()).forEachChunk(named::add);
        assertThat(named).containsAll(table.trace().orElseThrow().places());
        List<ChunkId> patches = table.extents().stream()
                .flatMap(extent -> extent.chunks().stream())
                .flatMap(chunk -> chunk.patch().stream())
                .toList();
        assertThat(patches).isNotEmpty();
        assertThat(named).containsAll(patches);
        for (Extent extent : table.extents()) {
            for (RowChunk chunk : extent.chunks()) {
                List<ChunkId> stored = new ArrayList<>();
                chunk.forEachStored(stored::add);
                assertThat(stored).hasSize(chunk.stored());
            }
        }
    }

    @Test
    void contents_of_the_version_without_traces_are_still_read() {
        VarBytes second = new VarBytes();
        second.octet(3);
        second.octet(2);
        second.text("public");
        second.text("orders");
        second.octet(0);
        second.octet(RowFormat.BINARY.code());
        second.number(0);
        second.number(4711);
        second.number(1);
        second.number(0);
        second.number(32);
        second.number(5);
        second.fixed(1);
        second.fixed(2);
        second.number(1);
        ChunkId id = id();
        second.id(id);
        second.number(1);
        second.number(0);
        ChunkId delta = id();
        ChunkId base = id();
        second.id(delta);
        second.id(base);
        List<TableContents> tables = new ArrayList<>();
        ContentsCodec.read(second.toBytes(), tables);
        RowChunk chunk = new RowChunk(id, Optional.of(new RowChunk.Change(delta, base)));
        assertThat(tables).singleElement().satisfies(table -> {
            assertThat(table.trace()).isEmpty();
            assertThat(table.extents()).containsExactly(new Extent(0, 32, new RowHash(5, 1, 2), List.of(chunk)));
        });
    }

    @Test
    void the_same_tables_give_the_same_chunks() {
        List<TableContents> tables = List.of(table("orders", 100, false), table("customers", 3, false));
        List<byte[]> once = BackupContents.listing(tables);
        List<byte[]> again = BackupContents.listing(List.copyOf(tables));
        assertThat(again).isNotEmpty().containsExactlyElementsOf(once);
    }

    @Test
    void content_is_the_sum_of_all_extents() {
        TableContents table = table("orders", 5, false);
        assertThat(table.content().rows())
                .isEqualTo(table.extents().stream()
                        .mapToLong(extent -> extent.content().rows())
                        .sum());
    }

    @Test
    void whatever_bytes_come_it_is_contents_or_an_error() {
        byte[] good = BackupContents.listing(List.of(traced(table("orders", 9, true))))
                .getFirst();
        for (int round = 0; round < 3000; round++) {
            byte[] bad = good.clone();
            if (round % 2 == 0) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            } else {
                bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
            }
            try {
                ContentsCodec.read(bad, new ArrayList<>());
            } catch (PgkeepException e) {
                assertThat(e.code()).isIn(ErrorCode.CHUNK_DAMAGED, ErrorCode.REPOSITORY_INVALID);
            }
        }
    }

    @Test
    void contents_of_a_newer_version_are_refused_by_name() {
        byte[] newer = BackupContents.listing(List.of()).getFirst();
        newer[1] = 9;
        assertThatThrownBy(() -> ContentsCodec.read(newer, new ArrayList<>())).hasMessageContaining("newer pgkeep");
    }

    @Test
    void every_stored_chunk_is_named_bases_and_deltas_too() {
        TableContents table = table("orders", 40, false);
        List<ChunkId> named = new ArrayList<>();
        new BackupContents(List.of(table), List.of(), List.of()).forEachChunk(named::add);
        for (Extent extent : table.extents()) {
            for (RowChunk chunk : extent.chunks()) {
                chunk.change()
                        .ifPresentOrElse(
                                change -> assertThat(named)
                                        .contains(change.base(), change.delta())
                                        .doesNotContain(chunk.id()),
                                () -> assertThat(named).contains(chunk.id()));
            }
        }
    }

    @Test
    void contents_of_the_version_without_changes_are_still_read() {
        VarBytes first = new VarBytes();
        first.octet(3);
        first.octet(1);
        first.text("public");
        first.text("orders");
        first.octet(0);
        first.octet(RowFormat.BINARY.code());
        first.number(0);
        first.number(4711);
        first.number(1);
        first.number(0);
        first.number(32);
        first.number(5);
        first.fixed(1);
        first.fixed(2);
        first.number(1);
        ChunkId id = id();
        first.id(id);
        List<TableContents> tables = new ArrayList<>();
        ContentsCodec.read(first.toBytes(), tables);
        assertThat(tables)
                .singleElement()
                .satisfies(table -> assertThat(table.extents())
                        .containsExactly(new Extent(0, 32, new RowHash(5, 1, 2), List.of(RowChunk.whole(id)))));
    }

    private List<TableContents> readBack(List<byte[]> chunks) {
        Map<ChunkId, byte[]> stored = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (byte[] chunk : chunks) {
            ChunkId id = id();
            stored.put(id, chunk);
            ids.add(id.hex());
        }
        var listed = new Manifest.Chunks(ids, List.of(), 0, 0, 0, 0, 0, null, null);
        return BackupContents.read(id -> stored.get(id), listed).tables();
    }

    private TableContents table(String name, int extents, boolean root) {
        List<Extent> list = new ArrayList<>();
        for (int i = 0; i < extents; i++) {
            RowHash content = new RowHash(random.nextInt(1000), random.nextLong(), random.nextLong());
            list.add(new Extent(i * 512L, 512, content, i % 3 == 0 ? List.of() : List.of(chunk(), chunk())));
        }
        return new TableContents(
                new TableName("public", name),
                root ? Optional.of(new TableName("a schema", "root")) : Optional.empty(),
                root,
                root ? RowFormat.TEXT : RowFormat.BINARY,
                name.equals("no columns")
                        ? List.of()
                        : List.of(new TableContents.Column("id", "bigint"), new TableContents.Column("ß", "\"T\"[]")),
                4711,
                list);
    }

    /** The table with places for all its extents, and patches to some chunks. */
    private TableContents traced(TableContents table) {
        int groups = Math.ceilDiv(table.extents().size(), TableContents.EXTENTS_OF_PLACES);
        List<Extent> patched = table.extents().stream()
                .map(extent -> new Extent(
                        extent.firstBlock(),
                        extent.blocks(),
                        extent.content(),
                        extent.chunks().stream()
                                .map(chunk -> random.nextInt(3) == 0 ? chunk.patched(id()) : chunk)
                                .toList()))
                .toList();
        List<ChunkId> places =
                java.util.stream.Stream.generate(this::id).limit(groups).toList();
        return withTrace(table.withExtents(patched), places);
    }

    private TableContents withTrace(TableContents table, List<ChunkId> places) {
        String signature = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        return new TableContents(
                table.name(),
                table.root(),
                table.loadThroughRoot(),
                table.format(),
                table.columns(),
                table.fileNode(),
                Optional.of(new TableContents.Trace(16_384, signature, places)),
                table.extents());
    }

    private RowChunk chunk() {
        return new RowChunk(
                id(), random.nextInt(3) > 0 ? Optional.empty() : Optional.of(new RowChunk.Change(id(), id())));
    }

    private ChunkId id() {
        return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
}
