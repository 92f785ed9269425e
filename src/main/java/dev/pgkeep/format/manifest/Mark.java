package dev.pgkeep.format.manifest;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A mark: something learned or decided about a backup after it was made. Marks are only ever added; the newest of the
 * kinds that contradict each other counts.
 *
 * @param backup name of the backup
 * @param type what it says
 * @param at when
 * @param details what was compared, how long it took, who pinned it; free keys
 */
@Json
public record Mark(String backup, Type type, Instant at, Map<String, String> details) {
    public Mark {
        Objects.requireNonNull(backup);
        Objects.requireNonNull(type);
        Objects.requireNonNull(at);
    }

    /** This mark with its details in another form; numbers stay as they are. */
    public Mark with(UnaryOperator<String> form) {
        Map<String, String> changed = new LinkedHashMap<>(details);
        changed.replaceAll((key, text) -> text.matches("[\\d.]*") ? text : form.apply(text));
        return new Mark(backup, type, at, changed);
    }

    /** The statement of a mark. */
    public enum Type {
        /** Every stored byte was read back and is right. */
        CHECKED("checked"),
        /** The backup was restored into a scratch database and the rows were the same. */
        PROVEN("proven"),
        /** Reading the backup back, or restoring it, failed. */
        DAMAGED("damaged"),
        /** The backup must not be removed by retention. */
        PINNED("pinned"),
        /** The pin was taken back. */
        UNPINNED("unpinned");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        @Json.Value
        public String word() {
            return word;
        }
    }
}
