package dev.pgkeep.format.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The beginning of metadata as we write it: everything that a {@link Summary} has. What follows (properties of the
 * database, tables) is most of it, and a listing of a thousand backups would spend its time on skipping it.
 */
final class MetadataHead {
    /** The first field behind a summary's last one. Strings hold no line breaks, so it is found nowhere else. */
    private static final byte[] REST = "\n  \"tools\"".getBytes(StandardCharsets.US_ASCII);

    private MetadataHead() {}

    /** The beginning, as JSON of its own; all of it where it does not look as we write it. */
    static byte[] of(byte[] json) {
        int rest = indexOf(json);
        int end = endOfText(json, rest);
        if (rest < 0 || json[end - 1] != ',' || json[endOfText(json, json.length) - 1] != '}') {
            return json;
        }
        byte[] head = Arrays.copyOf(json, end);
        head[end - 1] = '}';
        return head;
    }

    private static int indexOf(byte[] json) {
        for (int at = 1; at + REST.length <= json.length; at++) {
            if (json[at] == '\n' && Arrays.equals(json, at, at + REST.length, REST, 0, REST.length)) {
                return at;
            }
        }
        return -1;
    }

    /** The position behind the last byte before {@code end} that is no white space; at least 1. */
    private static int endOfText(byte[] json, int end) {
        int at = end;
        while (at > 1 && json[at - 1] <= ' ') {
            at--;
        }
        return Math.max(at, 1);
    }
}
