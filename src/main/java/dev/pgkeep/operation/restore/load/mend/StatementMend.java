package dev.pgkeep.operation.restore.load.mend;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.restore.client.RefusedStatement;
import dev.pgkeep.operation.restore.client.ScriptSender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Second tries of single statements of a script, outside of transactions. Those that nothing waits for may wait. */
final class StatementMend {
    /** More than these are no exceptions. */
    private static final int MOST = 1000;

    /** A statement that is tried again at the end. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Waiting(byte[] text, StatementKind kind, long line) {}

    private final MendTarget target;
    private final ScriptSender sender;
    private final Collection<String> notes;
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean isLeftOut;

    StatementMend(MendTarget target, ScriptSender sender, Collection<String> notes) {
        this.target = target;
        this.sender = sender;
        this.notes = notes;
    }

    /** Tries a statement again, in the ways that may help, or keeps it for the end. */
    void again(byte[] text, int codeStart, long line, PgkeepException failed) {
        StatementKind kind = StatementKind.of(text, codeStart);
        byte[] code = Arrays.copyOfRange(text, codeStart, text.length);
        ServerFailure failure =
                ServerFailure.of(failed).filter(ServerFailure::mayBeMended).orElseThrow(() -> failed);
        if (failure.isOfTablespace()) {
            elsewhere(code, kind);
            return;
        }
        boolean never = kind == StatementKind.OTHER || kind.goesWithRows();
        if (never || kind == StatementKind.ON_KEY && !isLeftOut) {
            throw failed;
        }
        Optional<PgkeepException> left = mend(code, kind, failure, failed);
        if (left.isPresent() && waiting.size() == MOST) {
            throw left.get();
        }
        left.ifPresent(still -> waiting.add(new Waiting(code, kind, line)));
    }

    /** Tries once more what failed, when everything else is done. */
    void waiting() {
        for (Waiting each : waiting) {
            sender.startsAt(each.line());
            try {
                sender.statement(each.text(), 0);
            } catch (PgkeepException e) {
                ServerFailure failure =
                        ServerFailure.of(e).filter(ServerFailure::mayBeMended).orElseThrow(() -> e);
                mend(each.text(), each.kind(), failure, e).ifPresent(still -> {
                    throw still;
                });
            }
        }
        waiting.clear();
    }

    /** Leaves out what only an administrator may make and the database is whole without. */
    boolean isDispensable(byte[] text, int codeStart, PgkeepException failure) {
        String code = new String(text, codeStart, text.length - codeStart, StandardCharsets.UTF_8);
        RefusedStatement refused = new RefusedStatement(Optional.empty(), code, failure);
        if (refused.isLeftOut()) {
            notes.add("left out: " + refused.describe());
        }
        return refused.isLeftOut();
    }

    /** Returns the failure that is left. */
    private Optional<PgkeepException> mend(
            byte[] code, StatementKind kind, ServerFailure failure, PgkeepException failed) {
        if (failure.mayBeOfPath()) {
            try {
                within(target.path(true), code);
                notes.add(Mending.throughPath(target, StatementKind.describe(code, 0)));
                return Optional.empty();
            } catch (PgkeepException e) {
                orThrow(e);
            }
        }
        if (kind == StatementKind.CONSTRAINT && failure.breaksWhatNeedNotBeValid()) {
            return notValid(code, failure);
        }
        boolean key = kind == StatementKind.KEY && failure.breaksKey();
        boolean needs =
                isLeftOut && (kind == StatementKind.ON_KEY || failure.missesKey() || kind == StatementKind.LATE);
        if (key || needs) {
            leave(code, failure, key);
            return Optional.empty();
        }
        return Optional.of(failed);
    }

    private Optional<PgkeepException> notValid(byte[] code, ServerFailure failure) {
        try {
            sender.statement(NotValid.of(code, 0), 0);
            notes.add(StatementKind.describe(code, 0) + " is NOT VALID now, so it holds for new rows only: rows of the"
                    + " backup break it (" + failure.text() + "); correct them, then validate it (ALTER TABLE …"
                    + " VALIDATE CONSTRAINT)");
        } catch (PgkeepException e) {
            orThrow(e);
            leave(code, failure, true);
        }
        return Optional.empty();
    }

    private void leave(byte[] code, ServerFailure failure, boolean broken) {
        isLeftOut = true;
        notes.add("left out: " + StatementKind.describe(code, 0) + ", because "
                + (broken
                        ? "rows of the backup break it (" + failure.text() + "); correct them, then make it as the"
                                + " backup has it"
                        : "it needs what was left out (" + failure.text() + "); make that first, then this"));
    }

    /** What the server did not say is no matter of the statement. */
    private static void orThrow(PgkeepException failure) {
        if (ServerFailure.of(failure).isEmpty()) {
            throw failure;
        }
    }

    private void elsewhere(byte[] code, StatementKind kind) {
        if (kind == StatementKind.BESIDE_ROWS) {
            sender.run("SET default_tablespace = ''");
            notes.add(StatementKind.describe(code, 0) + " cannot be done here: what was in that tablespace lies in the"
                    + " default one");
        } else {
            within("SET LOCAL default_tablespace = ''", code);
            notes.add("the tablespace of what follows cannot be used here, it lies in the default one: "
                    + StatementKind.describe(code, 0));
        }
    }

    /** Runs a statement with a setting that is for it alone. */
    private void within(String setting, byte[] code) {
        sender.run("BEGIN");
        try {
            sender.run(setting);
            sender.statement(code, 0);
            sender.run("COMMIT");
        } catch (PgkeepException e) {
            if (ServerFailure.of(e).isPresent() && sender.inTransaction()) {
                sender.run("ROLLBACK");
            }
            throw e;
        }
    }
}
