package dev.pgkeep.postgres.copy;

import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the rows of many ranges of blocks in one round trip, all of them and those that are new. */
public final class RangeCounts {
    private final Connection connection;
    private final RowAge age;

    /** @param connection of a {@link CopySession}, in its transaction */
    public RangeCounts(Connection connection, RowAge age) {
        this.connection = connection;
        this.age = age;
    }

    /** A range of a table that is read by ranges. */
    public record Range(CopyTable table, BlockRange blocks) {}

    /**
     * The rows of a range.
     *
     * @param rows all that the session's snapshot sees
     * @param later of these, those that were written since
     */
    public record Count(long rows, long later) {
        /** Whether they are the very rows that were there before, of which there were so many. */
        public boolean isUnchangedFrom(long rowsBefore) {
            return later == 0 && rows == rowsBefore;
        }
    }

    /** Counts the rows of each range, in their order. */
    public List<Count> of(List<Range> ranges) {
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            counts.add(new TableSelect(connection, range.table())
                    .rows(
                            i + ", count(*), count(*) FILTER (WHERE " + age.later() + ")",
                            Tids.of(range.table(), range.blocks()).condition()));
        }
        @Nullable Count[] found = new Count[ranges.size()];
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(String.join(" UNION ALL ", counts))) {
            while (row.next()) {
                found[row.getInt(1)] = new Count(row.getLong(2), row.getLong(3));
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking what changed in " + names(ranges));
        }
        return Arrays.stream(found).map(java.util.Objects::requireNonNull).toList();
    }

    private static String names(List<Range> ranges) {
        String first = ranges.getFirst().table().name().toString();
        String last = ranges.getLast().table().name().toString();
        return first.equals(last) ? first : first + " … " + last;
    }
}
