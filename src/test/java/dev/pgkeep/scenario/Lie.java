package dev.pgkeep.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Ways in which a file may not be what was written. */
enum Lie {
    FLIPPED,
    TRUNCATED,
    EMPTY,
    LOST,
    /** It and another file of its kind have changed places. */
    SWAPPED,
    /** It is there once more, under a name that is not its own: the only one that costs nothing. */
    DUPLICATED;

    private static final int FLIPS = 200;

    /** @param all files of its kind, itself among them */
    void tell(Path file, List<Path> all, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (this) {
            case FLIPPED -> {
                for (int i = 0; i < FLIPS; i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(file, bytes);
            }
            case TRUNCATED -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            case EMPTY -> Files.write(file, new byte[0]);
            case LOST -> Files.delete(file);
            case SWAPPED -> {
                Path other = all.get((all.indexOf(file) + 1) % all.size());
                Files.write(file, Files.readAllBytes(other));
                Files.write(other, bytes);
            }
            case DUPLICATED -> Files.write(otherName(file), bytes);
        }
    }

    /** Packs lie in folders named after how they begin. */
    private static Path otherName(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String other = (name.charAt(0) == 'a' ? "b" : "a") + name.substring(1);
        return name.endsWith(".pack")
                ? Files.createDirectories(file.resolveSibling("..")
                                .resolveSibling(other.substring(0, 2))
                                .normalize())
                        .resolve(other)
                : file.resolveSibling(other);
    }
}
