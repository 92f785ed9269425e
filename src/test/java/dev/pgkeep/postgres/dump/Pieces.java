package dev.pgkeep.postgres.dump;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects what the scanner finds, as readable lines, and joins the pieces together again. */
final class Pieces implements ScriptVisitor {
    final ByteArrayOutputStream joined = new ByteArrayOutputStream();
    /** What is for the server: without what means nothing. */
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    final List<String> found = new ArrayList<>();
    private final ByteArrayOutputStream rows = new ByteArrayOutputStream();

    static Pieces of(String script) throws Exception {
        Pieces pieces = new Pieces();
        SqlScanner scanner = new SqlScanner(pieces, new ToldSettings());
        byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
        scanner.feed(bytes, 0, bytes.length);
        scanner.finish();
        return pieces;
    }

    @Override
    public boolean statement(byte[] text, int codeStart) {
        boolean copy = CopyStatement.parse(text, codeStart, StandardCharsets.UTF_8, true)
                .isPresent();
        add(copy ? "copy" : "statement", text, codeStart);
        rows.reset();
        return copy;
    }

    @Override
    public void longStatement(byte[] text, int codeStart) {
        found.add("long statement");
        sent.writeBytes(text);
        joined.writeBytes(text);
    }

    @Override
    public void other(byte[] bytes, int from, int length) {
        joined.write(bytes, from, length);
    }

    @Override
    public void end(byte[] text, int codeStart) {
        add("end", text, codeStart);
    }

    @Override
    public void metaCommand(byte[] text, int codeStart) {
        add("meta", text, codeStart);
    }

    @Override
    public void more(byte[] bytes, int from, int length) {
        sent.write(bytes, from, length);
        joined.write(bytes, from, length);
    }

    @Override
    public void longEnd() {
        found.add("end of it");
    }

    @Override
    public void strayBehindCopy() {
        found.add("stray");
    }

    @Override
    public void copyData(byte[] bytes, int from, int length) {
        joined.write(bytes, from, length);
        rows.write(bytes, from, length);
    }

    @Override
    public void copyEnd(long count, byte[] terminator) {
        found.add(count + " rows " + rows.toString(StandardCharsets.UTF_8));
        joined.writeBytes(terminator);
    }

    private void add(String what, byte[] text, int codeStart) {
        sent.writeBytes(text);
        joined.writeBytes(text);
        String code = new String(text, codeStart, text.length - codeStart, StandardCharsets.UTF_8);
        found.add((what + " " + code).strip());
    }
}
