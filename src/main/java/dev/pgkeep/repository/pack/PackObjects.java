package dev.pgkeep.repository.pack;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.Sha256;
import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import dev.pgkeep.repository.storage.Storage;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Packs as objects of a storage: stores them, and reads them back to compare. */
final class PackObjects {
    /** Bytes that are read at once. Larger arrays are new memory each time, which costs more than the hash. */
    private static final int PIECE = 60_000;

    private final Storage storage;

    PackObjects(Storage storage) {
        this.storage = storage;
    }

    /** Stores a pack. Where its name is taken by other (damaged) bytes it gets another salt, and so another name. */
    PackName store(PackBuilder pack) {
        for (int salt = 0; ; salt++) {
            var sealed = pack.seal(salt);
            boolean created = storage.create(PackFormat.path(sealed.name()), sealed.bytes(), 0, sealed.length());
            var name = new PackName(sealed.name(), sealed.length());
            if (created || isWhole(name)) {
                return name;
            }
        }
    }

    /** @throws PgkeepException CHUNK_DAMAGED when the storage does not give back what it took */
    void readBack(PackName pack) {
        if (!isWhole(pack)) {
            throw new PgkeepException(
                    ErrorCode.CHUNK_DAMAGED,
                    "pack " + pack.name() + " does not read back as it was written",
                    "disk, cable, memory or network change data: check the hardware, then run the backup again");
        }
    }

    /** Whether all of a pack is there as its name says. */
    boolean isWhole(PackName pack) {
        try {
            MessageDigest digest = Sha256.digest();
            for (int at = 0; at < pack.length(); ) {
                byte[] piece = storage.read(PackFormat.path(pack.name()), at, Math.min(PIECE, pack.length() - at));
                if (piece.length == 0) {
                    return false;
                }
                digest.update(piece);
                at += piece.length;
            }
            return HexFormat.of().formatHex(digest.digest()).equals(pack.name());
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.OBJECT_MISSING) {
                return false;
            }
            throw e;
        }
    }
}
