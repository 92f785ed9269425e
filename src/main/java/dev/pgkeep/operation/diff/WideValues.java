package dev.pgkeep.operation.diff;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Temporary files for wide values: one for everybody who writes some, since values grow while others do too. */
final class WideValues implements AutoCloseable {
    private static final int POSITION_BITS = 48;

    private final List<SpillFile> files = new ArrayList<>();

    /** The temporary file of one who writes wide values. */
    final class File {
        private final int number;
        private final SpillFile scratch = new SpillFile();

        private File(int number) {
            this.number = number;
            files.add(scratch);
        }

        long size() {
            return scratch.size();
        }

        /** @return what {@link #stream} takes */
        long append(byte[] bytes, int offset, int length) {
            return (long) number << POSITION_BITS | scratch.append(bytes, offset, length);
        }
    }

    File file() {
        return new File(files.size());
    }

    InputStream stream(long place, long length) {
        return files.get((int) (place >>> POSITION_BITS)).stream(place & (1L << POSITION_BITS) - 1, length);
    }

    @Override
    public void close() {
        files.forEach(SpillFile::close);
    }
}
