package dev.pgkeep.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Takes a script and hands its statements and rows to somebody who runs them over a connection of his own. */
public final class ScriptStatements extends OutputStream {
    /** Runs what a script holds. */
    public interface Runner {
        /** A statement; longer ones than a megabyte do not occur in what pg_restore writes for rows. */
        void statement(String sql) throws IOException;

        /** {@code COPY … FROM stdin}; its rows follow. */
        void copyStart(String sql) throws IOException;

        /** Bytes of rows, cut anywhere, in the encoding of the script. */
        void copyData(byte[] bytes, int offset, int length) throws IOException;

        void copyEnd() throws IOException;
    }

    private final SqlScanner scanner;

    public ScriptStatements(Runner runner) {
        this.scanner = new SqlScanner(new Pieces(runner));
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        scanner.feed(bytes, offset, length);
    }

    private static final class Pieces implements ScriptVisitor {
        private final Runner runner;
        private Charset charset = StandardCharsets.UTF_8;

        private Pieces(Runner runner) {
            this.runner = runner;
        }

        @Override
        public void statement(byte[] text, int codeStart) throws IOException {
            String sql = read(text, codeStart);
            if (sql.startsWith("SET client_encoding")) {
                // The connection has its own; only the script's bytes are read by this one.
                charset = ClientEncoding.of(sql).orElse(charset);
            } else {
                runner.statement(sql);
            }
        }

        @Override
        public void longStatement(byte[] text, int codeStart) throws IOException {
            throw new IOException(
                    "a statement is too long to run: " + read(text, codeStart).substring(0, 80));
        }

        @Override
        public void other(byte[] bytes, int from, int length) {}

        @Override
        public void end(byte[] text, int codeStart) throws IOException {
            if (codeStart < text.length) {
                statement(text, codeStart);
            }
        }

        @Override
        public void metaCommand(byte[] text, int codeStart) {}

        @Override
        public void copyStart(byte[] text, int codeStart) throws IOException {
            runner.copyStart(read(text, codeStart));
        }

        @Override
        public void copyData(byte[] bytes, int from, int length) throws IOException {
            runner.copyData(bytes, from, length);
        }

        @Override
        public void copyEnd(long rows, byte[] terminator) throws IOException {
            runner.copyEnd();
        }

        private String read(byte[] text, int codeStart) {
            return new String(text, codeStart, text.length - codeStart, charset);
        }
    }
}
