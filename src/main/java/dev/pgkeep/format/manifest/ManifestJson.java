package dev.pgkeep.format.manifest;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import io.avaje.jsonb.JsonType;
import io.avaje.jsonb.Jsonb;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;

/**
 * The JSON of what is stored beside backups. Unknown fields are skipped; a layout from the future is refused by name.
 */
public final class ManifestJson {
    private static final Jsonb JSON = Jsonb.builder().build();

    private ManifestJson() {}

    public static byte[] write(Manifest manifest) {
        return pretty(JSON.type(Manifest.class), manifest);
    }

    /** The JSON of a manifest with a checksum, as it is stored. */
    public static byte[] sealed(Manifest manifest) {
        return MetadataSeal.put(write(manifest));
    }

    public static byte[] write(Mark mark) {
        return pretty(JSON.type(Mark.class), mark);
    }

    public static byte[] write(Run run) {
        return pretty(JSON.type(Run.class), run);
    }

    /**
     * Reads the metadata whole.
     *
     * @throws PgkeepException REPOSITORY_INVALID when it is not the metadata of a backup, or of a newer pgkeep, or has
     *     a checksum that does not fit
     */
    public static Manifest readManifest(byte[] json, String origin) {
        Manifest manifest = checked(read(JSON.type(Manifest.class), json, origin), Manifest::version, origin);
        if (MetadataSeal.isBroken(json)) {
            throw new PgkeepException(
                    ErrorCode.REPOSITORY_INVALID,
                    origin + " is not as it was written: its checksum does not fit (without the line \"sha256\" it is"
                            + " believed all the same)",
                    "choose another backup: pgkeep list");
        }
        return manifest;
    }

    /**
     * Reads a manifest as {@link #readManifest} does, without what listings do not need, and without looking at the
     * checksum.
     */
    public static Summary readSummary(byte[] json, String origin) {
        byte[] head = MetadataHead.of(json);
        if (head.length < json.length) {
            try {
                return checked(read(JSON.type(Summary.class), head, origin), Summary::version, origin);
            } catch (PgkeepException e) {
                // In another order than we write it, or from the future: the whole of it decides.
            }
        }
        return checked(read(JSON.type(Summary.class), json, origin), Summary::version, origin);
    }

    public static Mark readMark(byte[] json, String origin) {
        return read(JSON.type(Mark.class), json, origin);
    }

    public static Run readRun(byte[] json, String origin) {
        return read(JSON.type(Run.class), json, origin);
    }

    private static <T> byte[] pretty(JsonType<T> type, T value) {
        return (type.toJsonPretty(value) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T checked(T value, ToIntFunction<T> version, String origin) {
        int found = version.applyAsInt(value);
        if (found > Manifest.VERSION) {
            throw new PgkeepException(
                    ErrorCode.REPOSITORY_INVALID,
                    origin + " was written by a newer pgkeep (metadata version " + found + ")",
                    "update pgkeep to read it");
        }
        if (found < 1) {
            throw unreadable(origin, null);
        }
        return value;
    }

    private static <T> T read(JsonType<T> type, byte[] json, String origin) {
        try {
            T value = type.fromJson(json);
            if (value == null) {
                throw unreadable(origin, null);
            }
            return value;
        } catch (PgkeepException e) {
            throw e;
        } catch (RuntimeException e) {
            // The parser fails in many ways on garbage, with exceptions of its own and with those of arrays.
            throw unreadable(origin, e);
        }
    }

    private static PgkeepException unreadable(String origin, @org.jspecify.annotations.Nullable Throwable cause) {
        return new PgkeepException(
                ErrorCode.REPOSITORY_INVALID,
                origin + " is not the metadata of a backup",
                "the data beside it can still be restored: pgkeep restore --file PATH",
                cause);
    }
}
