package dev.pgkeep.operation.restore.load.mend;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.restore.client.ScriptSender;
import dev.pgkeep.postgres.dump.ScriptSettings;
import dev.pgkeep.postgres.dump.ScriptVisitor;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Sends those statements of a script again whose rows were refused, each time reading the script from its beginning: no
 * row is kept, only the numbers of the statements. Settings are sent along, so that statements are read as before.
 */
final class ScriptReplay implements ScriptVisitor {
    /** Reads the script from its beginning. */
    @FunctionalInterface
    interface Script {
        void read(ScriptVisitor visitor, ScriptSettings settings);
    }

    /** The rest of the script does not matter. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Enough() {
            super("enough was read", null, false, false);
        }
    }

    private final MendTarget target;
    private final ScriptSender sender;
    private final RestingConstraints resting;
    private final Collection<String> notes;
    private final Script script;
    private final BitSet refused = new BitSet();
    private int number;
    private int last;
    private boolean withPath;
    private boolean isSending;
    private boolean isProgress;
    private String what = "";
    private @Nullable PgkeepException failure;

    ScriptReplay(
            MendTarget target,
            ScriptSender sender,
            RestingConstraints resting,
            Collection<String> notes,
            Script script) {
        this.target = target;
        this.sender = sender;
        this.resting = resting;
        this.notes = notes;
        this.script = script;
    }

    void refused(int statement) {
        refused.set(statement);
    }

    boolean isNeeded() {
        return !refused.isEmpty();
    }

    /**
     * Sends all that was refused, until nothing is left: as it is, with the search path, without what the rows break.
     *
     * @param upTo the last statement that was sent
     * @throws PgkeepException RESTORE_FAILED with the first that fails for good
     */
    void mend(int upTo) {
        withPath = false;
        while (isNeeded()) {
            number = 0;
            last = upTo;
            isProgress = false;
            failure = null;
            try {
                script.read(this, sender);
            } catch (Enough e) {
                // As intended.
            }
            if (withPath && !isProgress && failure != null) {
                throw failure;
            }
            withPath = !withPath;
        }
    }

    @Override
    public void startsAt(long line) {
        sender.startsAt(line);
    }

    @Override
    public boolean statement(byte[] text, int codeStart) {
        next();
        StatementKind kind = StatementKind.of(text, codeStart);
        if (kind == StatementKind.COPY && !refused.get(number)) {
            return true;
        }
        if (kind == StatementKind.BESIDE_ROWS && StatementKind.isSetting(text, codeStart)) {
            set(text, codeStart);
            return false;
        }
        if (!refused.get(number)) {
            return false;
        }
        what = StatementKind.describe(text, codeStart);
        isSending = true;
        attempt(() -> {
            begin();
            if (!sender.statement(text, codeStart)) {
                done();
            }
        });
        return kind == StatementKind.COPY;
    }

    /** A setting that this server does not take was met before. */
    private void set(byte[] text, int codeStart) {
        try {
            sender.statement(text, codeStart);
        } catch (PgkeepException e) {
            if (ServerFailure.of(e).filter(ServerFailure::isOfTablespace).isEmpty()) {
                throw e;
            }
        }
    }

    private void next() {
        if (++number > last) {
            throw new Enough();
        }
    }

    private void begin() {
        if (withPath) {
            sender.run("BEGIN");
            sender.run(target.path(true));
        }
    }

    private void done() {
        if (withPath) {
            sender.run("COMMIT");
            notes.add(Mending.throughPath(target, what));
        }
        refused.clear(number);
        isSending = false;
        isProgress = true;
    }

    private void attempt(Runnable send) {
        try {
            send.run();
        } catch (PgkeepException e) {
            ServerFailure said =
                    ServerFailure.of(e).filter(ServerFailure::mayBeMended).orElseThrow(() -> e);
            if (sender.inTransaction()) {
                sender.run("ROLLBACK");
            }
            isSending = false;
            failure = failure == null ? e : failure;
            isProgress |= withPath && resting.rest(said);
        }
    }

    @Override
    public void longStatement(byte[] text, int codeStart) throws IOException {
        next();
        isSending = refused.get(number);
        if (isSending) {
            what = StatementKind.describe(text, codeStart);
            begin();
            sender.longStatement(text, codeStart);
        }
    }

    @Override
    public void more(byte[] bytes, int from, int length) {
        if (isSending) {
            sender.more(bytes, from, length);
        }
    }

    @Override
    public void longEnd() {
        if (isSending) {
            attempt(() -> {
                sender.longEnd();
                done();
            });
        }
    }

    @Override
    public void copyData(byte[] bytes, int from, int length) {
        if (isSending) {
            attempt(() -> sender.copyData(bytes, from, length));
        }
    }

    @Override
    public void copyEnd(long rows, byte[] terminator) {
        if (isSending) {
            attempt(() -> {
                sender.copyEnd(rows, terminator);
                done();
            });
        }
    }

    @Override
    public void other(byte[] bytes, int from, int length) {}

    @Override
    public void end(byte[] text, int codeStart) {}

    @Override
    public void metaCommand(byte[] text, int codeStart) {}

    @Override
    public void strayBehindCopy() {}
}
