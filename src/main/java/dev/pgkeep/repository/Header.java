package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.repository.storage.FileErrors;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The repository's header, {@code pgkeep.json}.
 *
 * @param format always {@code pgkeep-repository}
 * @param version version of the layout; readers refuse newer ones
 * @param id random, tells repositories apart
 */
@Json
record Header(String format, int version, String id) {
    static final String FORMAT = "pgkeep-repository";
    static final int VERSION = 1;
    static final String FILE = "pgkeep.json";

    /** Writes one where there is none, and tells whether it did. */
    static boolean prepare(Layout layout) {
        if (!Files.exists(layout.header())) {
            Header header = new Header(FORMAT, VERSION, UUID.randomUUID().toString());
            String json = Jsonb.builder().build().type(Header.class).toJsonPretty(header) + "\n";
            PrivateFiles.writeWhole(layout.header(), json.getBytes(StandardCharsets.UTF_8));
            return true;
        }
        return false;
    }

    /** @throws PgkeepException REPOSITORY_INVALID when it is of a newer pgkeep, or is none */
    static void check(Layout layout) {
        read(layout).ifPresent(header -> {
            if (!FORMAT.equals(header.format()) || header.version() < 1) {
                throw invalid(layout, null);
            }
            if (header.version() > VERSION) {
                throw new PgkeepException(
                        ErrorCode.REPOSITORY_INVALID,
                        layout.root() + " is a repository of a newer pgkeep (version " + header.version() + ")",
                        "update pgkeep to use it");
            }
        });
    }

    /** Empty before anything was stored. */
    static Optional<Header> read(Layout layout) {
        if (!Files.exists(layout.header())) {
            return Optional.empty();
        }
        try {
            byte[] json = RegularFile.bytes(layout.header());
            return Optional.of(Jsonb.builder().build().type(Header.class).fromJson(json));
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + layout.header());
        } catch (RuntimeException e) {
            // The parser fails in many ways on garbage, with exceptions of its own and with those of arrays.
            throw invalid(layout, e);
        }
    }

    private static PgkeepException invalid(Layout layout, @Nullable Throwable cause) {
        return new PgkeepException(
                ErrorCode.REPOSITORY_INVALID,
                layout.header() + " is not the header of a repository",
                "the backups are readable without it: move it away and run the command again",
                cause);
    }
}
