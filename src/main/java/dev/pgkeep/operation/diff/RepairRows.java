package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.pgtext.CopyTextFormat;
import dev.pgkeep.format.rows.RowSource;
import dev.pgkeep.format.rows.Section;
import dev.pgkeep.repository.contents.TableContents.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rows of the first state that the second has not, or has with other values: what putting back takes. */
public final class RepairRows implements ChangeConsumer, RowSource, AutoCloseable {
    private static final int BUFFER = 1 << 13;

    private final boolean missing;
    private final boolean changed;
    private final Map<TableName, SpillFile> rows = new LinkedHashMap<>();
    private final SortedMap<TableName, Long> withoutKey = new TreeMap<>();
    private List<TablePair> pairs = List.of();
    private long missingRows;
    private long changedRows;
    private long respelled;

    /**
     * @param missing whether rows count that the second has not
     * @param changed whether rows count that it has with other values
     */
    public RepairRows(boolean missing, boolean changed) {
        this.missing = missing;
        this.changed = changed;
    }

    /** Rows that cannot be put back one by one, since nothing tells them apart, by table. */
    public SortedMap<TableName, Long> withoutKey() {
        return Collections.unmodifiableSortedMap(withoutKey);
    }

    /** The number of chosen rows that the second state has not. */
    long missing() {
        return missingRows;
    }

    /** The number of chosen rows that the second state has with other values. */
    long changed() {
        return changedRows;
    }

    /** The number of the changed rows whose key is written otherwise: to the server it may be another one. */
    long respelled() {
        return respelled;
    }

    @Override
    public void begin(List<TablePair> all) {
        pairs = List.copyOf(all);
    }

    @Override
    public RowChanges of(TablePair pair) {
        return new RowChanges() {
            @Override
            public void removed(Row row) {
                if (missing && pair.key().isEmpty()) {
                    // How many equal rows are to be there would have to be known, not only how many are missing.
                    withoutKey.merge(pair.name(), 1L, Long::sum);
                } else if (missing) {
                    add(pair, row);
                    missingRows++;
                }
            }

            @Override
            public void added(Row row) {}

            @Override
            public void changed(Row before, Row after, BitSet columns) {
                if (changed) {
                    add(pair, before);
                    changedRows++;
                    respelled += pair.key().stream().anyMatch(columns::get) ? 1 : 0;
                }
            }
        };
    }

    @Override
    public List<Section> sections() {
        Map<TableName, TablePair> byName = new HashMap<>();
        pairs.forEach(pair -> byName.put(pair.name(), pair));
        List<Section> sections = new ArrayList<>();
        for (TableName name : RowOrder.of(pairs).parentsFirst()) {
            TablePair pair = byName.get(name);
            if (pair != null && rows.containsKey(name)) {
                sections.add(new Section(name, columns(pair), pair.keyNames(), Optional.empty()));
            }
        }
        return sections;
    }

    private static List<Section.Column> columns(TablePair pair) {
        Map<String, String> types = new HashMap<>();
        for (Column column : pair.second().getFirst().columns()) {
            types.put(column.name(), column.type());
        }
        return pair.columns().stream()
                .map(name -> new Section.Column(name, types.getOrDefault(name, "text")))
                .toList();
    }

    @Override
    public void read(Section section, Lines taker) {
        SpillFile file = rows.get(section.table());
        byte[] head = new byte[Integer.BYTES];
        for (long at = 0; file != null && at < file.size(); ) {
            file.read(at, head, 0, head.length);
            byte[] line = new byte[ByteBuffer.wrap(head).getInt()];
            file.read(at + head.length, line, 0, line.length);
            taker.take(line, line.length);
            at += head.length + line.length;
        }
    }

    @Override
    public void close() {
        rows.values().forEach(SpillFile::close);
    }

    private void add(TablePair pair, Row row) {
        SpillFile into = rows.computeIfAbsent(pair.name(), each -> new SpillFile());
        try {
            var line = new ByteArrayOutputStream();
            for (int i = 0; i < pair.columns().size(); i++) {
                if (i > 0) {
                    line.write('\t');
                }
                if (row.isNull(i)) {
                    CopyTextFormat.writeNull(line);
                } else {
                    byte[] buffer = new byte[BUFFER];
                    try (InputStream in = row.stream(i)) {
                        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                            CopyTextFormat.escape(buffer, length, line);
                        }
                    }
                }
            }
            byte[] bytes = line.toByteArray();
            into.append(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array(), 0, Integer.BYTES);
            into.append(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
