package dev.pgkeep.format.rows;

import dev.pgkeep.format.pgtext.CopyTextFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the line of COPY of a row whose values are known. */
public final class RowLine {
    private RowLine() {}

    /** The values as a line of COPY, without the line's end. */
    public static byte[] of(List<@Nullable String> values) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                line.write('\t');
            }
            String value = values.get(i);
            if (value == null) {
                CopyTextFormat.writeNull(line);
            } else {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                CopyTextFormat.escape(bytes, bytes.length, line);
            }
        }
        return line.toByteArray();
    }
}
