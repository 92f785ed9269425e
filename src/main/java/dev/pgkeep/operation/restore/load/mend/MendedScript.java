package dev.pgkeep.operation.restore.load.mend;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.restore.client.ScriptSender;
import dev.pgkeep.postgres.dump.ScriptVisitor;
import java.io.IOException;

/**
 * Sends a script and goes on where a second try mends what failed. Rows that are refused are tried again when all
 * others are in, before the first statement that is not about rows: indexes, foreign keys and triggers come after them.
 * Inside a transaction of the script, nothing is mended.
 */
public final class MendedScript implements ScriptVisitor {
    private final ScriptSender sender;
    private final StatementMend statements;
    private final ScriptReplay replay;
    private final Runnable rowsAreIn;
    private long line = 1;
    /** The number of the statement that is being sent: all that are wanted count, from 1. */
    private int number;

    private boolean isLongRows;
    private boolean isSwallowing;

    MendedScript(ScriptSender sender, StatementMend statements, ScriptReplay replay, Runnable rowsAreIn) {
        this.sender = sender;
        this.statements = statements;
        this.replay = replay;
        this.rowsAreIn = rowsAreIn;
    }

    /**
     * Does what was put off, when all of the script was sent.
     *
     * @throws PgkeepException RESTORE_FAILED with what fails for good
     */
    public void complete() {
        if (!sender.inTransaction()) {
            replay.mend(number);
            statements.waiting();
            rowsAreIn.run();
        }
        sender.complete();
    }

    @Override
    public void startsAt(long at) {
        line = at;
        sender.startsAt(at);
    }

    @Override
    public boolean statement(byte[] text, int codeStart) {
        StatementKind kind = StatementKind.of(text, codeStart);
        beforeOthers(kind);
        number++;
        boolean open = sender.inTransaction();
        try {
            return sender.statement(text, codeStart);
        } catch (PgkeepException e) {
            if (!open && statements.isDispensable(text, codeStart, e)) {
                return false;
            }
            if (open || !Mending.mayMend(e)) {
                throw e;
            }
            if (kind == StatementKind.COPY || kind == StatementKind.INSERT) {
                replay.refused(number);
                isSwallowing = kind == StatementKind.COPY;
                return isSwallowing;
            }
            statements.again(text, codeStart, line, e);
            return false;
        }
    }

    private void beforeOthers(StatementKind kind) {
        if (!kind.goesWithRows() && replay.isNeeded() && !sender.inTransaction()) {
            replay.mend(number);
            sender.startsAt(line);
        }
    }

    @Override
    public void longStatement(byte[] text, int codeStart) throws IOException {
        StatementKind kind = StatementKind.of(text, codeStart);
        beforeOthers(kind);
        number++;
        isLongRows = kind == StatementKind.INSERT && !sender.inTransaction();
        sender.longStatement(text, codeStart);
    }

    @Override
    public void more(byte[] bytes, int from, int length) {
        sender.more(bytes, from, length);
    }

    @Override
    public void longEnd() {
        try {
            sender.longEnd();
        } catch (PgkeepException e) {
            if (!isLongRows || !Mending.mayMend(e)) {
                throw e;
            }
            replay.refused(number);
        }
    }

    @Override
    public void other(byte[] bytes, int from, int length) {
        sender.other(bytes, from, length);
    }

    @Override
    public void end(byte[] text, int codeStart) {
        sender.end(text, codeStart);
    }

    @Override
    public void metaCommand(byte[] text, int codeStart) {
        sender.metaCommand(text, codeStart);
    }

    @Override
    public void strayBehindCopy() {
        sender.strayBehindCopy();
    }

    @Override
    public void copyData(byte[] bytes, int from, int length) {
        if (!isSwallowing) {
            refusing(() -> sender.copyData(bytes, from, length));
        }
    }

    @Override
    public void copyEnd(long rows, byte[] terminator) {
        if (!isSwallowing) {
            refusing(() -> sender.copyEnd(rows, terminator));
        }
        isSwallowing = false;
    }

    private void refusing(Runnable send) {
        try {
            send.run();
        } catch (PgkeepException e) {
            if (sender.inTransaction() || !Mending.mayMend(e)) {
                throw e;
            }
            replay.refused(number);
            isSwallowing = true;
        }
    }
}
