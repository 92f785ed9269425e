package dev.pgkeep.postgres.dump;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the pieces of a script as they are. */
final class ScriptText implements ScriptVisitor {
    private final OutputStream out;
    private final ScriptSettings settings;

    ScriptText(OutputStream out, ScriptSettings settings) {
        this.out = out;
        this.settings = settings;
    }

    @Override
    public boolean statement(byte[] text, int codeStart) throws IOException {
        out.write(text);
        return CopyStatement.parse(
                        text, codeStart, ClientEncoding.charset(settings.encoding()), settings.standardStrings())
                .isPresent();
    }

    @Override
    public void longStatement(byte[] text, int codeStart) throws IOException {
        out.write(text);
    }

    @Override
    public void more(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
    }

    @Override
    public void longEnd() {}

    @Override
    public void other(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
    }

    @Override
    public void end(byte[] text, int codeStart) throws IOException {
        out.write(text);
    }

    @Override
    public void metaCommand(byte[] text, int codeStart) throws IOException {
        out.write(text);
    }

    @Override
    public void strayBehindCopy() {}

    @Override
    public void copyData(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
    }

    @Override
    public void copyEnd(long rows, byte[] terminator) throws IOException {
        out.write(terminator);
    }
}
