package dev.pgkeep.operation.restore.load.mend;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.client.ScriptSender;
import dev.pgkeep.operation.restore.load.mend.EntryScript.Manner;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.dump.ScriptVisitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Passes an entry's statements on, changed to the manner in which it is tried. */
final class ChangedStatements implements ScriptVisitor {
    private static final int HEAD = 200;
    private static final Pattern EMPTY_PATH =
            Pattern.compile("(?:SELECT pg_catalog\\.set_config\\('search_path'|SET search_path\\b).*", Pattern.DOTALL);
    private static final Pattern ADDS =
            Pattern.compile("ALTER (?:TABLE|DOMAIN|FOREIGN TABLE)\\b.*?\\bADD CONSTRAINT .*", Pattern.DOTALL);
    private static final Pattern INSERTS = Pattern.compile("INSERT INTO .*", Pattern.DOTALL);

    private final ScriptSender sender;
    private final MendTarget target;
    private final Manner manner;
    private Optional<TableName> unemptied;

    /** @param rows the table whose rows these are; what of them was inserted before goes first */
    ChangedStatements(ScriptSender sender, MendTarget target, Manner manner, Optional<TableName> rows) {
        this.sender = sender;
        this.target = target;
        this.manner = manner;
        this.unemptied = rows;
    }

    @Override
    public boolean statement(byte[] text, int codeStart) throws IOException {
        String head = new String(text, codeStart, Math.min(HEAD, text.length - codeStart), StandardCharsets.ISO_8859_1);
        if (manner.path() && EMPTY_PATH.matcher(head).matches()) {
            sender.run(target.path(true));
            return false;
        }
        if (!manner.valid() && ADDS.matcher(head).matches()) {
            return sender.statement(NotValid.of(text, codeStart), 0);
        }
        empty(head);
        return sender.statement(text, codeStart);
    }

    private void empty(String head) {
        if (unemptied.isPresent() && INSERTS.matcher(head).matches()) {
            TableName table = unemptied.get();
            sender.run("DELETE FROM ONLY " + Sql.identifier(table.schema(), table.name()));
            unemptied = Optional.empty();
        }
    }

    @Override
    public void startsAt(long line) {
        sender.startsAt(line);
    }

    @Override
    public void longStatement(byte[] text, int codeStart) throws IOException {
        empty(new String(text, codeStart, Math.min(HEAD, text.length - codeStart), StandardCharsets.ISO_8859_1));
        sender.longStatement(text, codeStart);
    }

    @Override
    public void more(byte[] bytes, int from, int length) throws IOException {
        sender.more(bytes, from, length);
    }

    @Override
    public void longEnd() throws IOException {
        sender.longEnd();
    }

    @Override
    public void other(byte[] bytes, int from, int length) throws IOException {
        sender.other(bytes, from, length);
    }

    @Override
    public void end(byte[] text, int codeStart) throws IOException {
        sender.end(text, codeStart);
    }

    @Override
    public void metaCommand(byte[] text, int codeStart) throws IOException {
        sender.metaCommand(text, codeStart);
    }

    @Override
    public void strayBehindCopy() {
        sender.strayBehindCopy();
    }

    @Override
    public void copyData(byte[] bytes, int from, int length) throws IOException {
        sender.copyData(bytes, from, length);
    }

    @Override
    public void copyEnd(long rows, byte[] terminator) throws IOException {
        sender.copyEnd(rows, terminator);
    }
}
