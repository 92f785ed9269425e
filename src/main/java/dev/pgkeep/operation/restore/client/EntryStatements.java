package dev.pgkeep.operation.restore.client;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.RawSession;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ArchiveStatements;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * The statements of an archive that make what stands behind the rows, sent in sessions that are there already: a
 * pg_restore costs a process and a session. Each entry is a transaction of its own, under the settings that pg_restore
 * would have; the session keeps its own. For several threads, each with its session.
 */
public final class EntryStatements {
    /**
     * The types of entries that are their statements and nothing else: pg_restore sets no owner, and needs to know
     * nothing of the server.
     */
    private static final Set<String> PLAIN = Set.of(
            "INDEX",
            "INDEX ATTACH",
            "CONSTRAINT",
            "CHECK CONSTRAINT",
            "FK CONSTRAINT",
            "TRIGGER",
            "RULE",
            "POLICY",
            "ROW SECURITY",
            "COMMENT");

    private final ArchiveStatements statements;
    private final String settings;
    private final ScriptErrors errors;

    /**
     * @param connection to the database in question; for settings that are asked once
     * @param moneyLocale {@code lc_monetary} under which money was printed; empty where nobody knows
     * @param serverVersion as {@code server_version_num}
     */
    public EntryStatements(
            ArchiveStatements statements, Connection connection, Optional<String> moneyLocale, int serverVersion) {
        this.statements = statements;
        this.settings = ScriptSession.inTransaction(connection, moneyLocale);
        this.errors = new ScriptErrors(Optional.empty(), serverVersion);
    }

    /** Whether an entry can be made in this session. */
    public boolean canMake(Connection session, Entry entry) {
        return PLAIN.contains(entry.type())
                && entry.tablespace().chars().allMatch(c -> c < 0x80)
                && statements.of(entry.id()).isPresent()
                && statements.fit(RawSession.on(session).parameter("client_encoding"));
    }

    /**
     * Makes an entry, all of it or nothing.
     *
     * @param elsewhere whether it lies in the default tablespace, whatever the archive says
     * @param stop says whether a session that broke was torn on purpose
     * @throws PgkeepException RESTORE_FAILED, or another code, with what the server said as its cause
     */
    public void make(Connection session, Entry entry, boolean elsewhere, Cancellation stop) {
        stop.check();
        byte[] code = statements.of(entry.id()).orElseThrow();
        String tablespace = elsewhere ? "DEFAULT" : Sql.literal(entry.tablespace());
        // As one message, statements are one transaction.
        byte[] before =
                (settings + "SET LOCAL default_tablespace TO " + tablespace + ";\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[before.length + code.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(code, 0, all, before.length, code.length);
        try {
            RawSession.on(session).run(all, 0, all.length);
        } catch (SQLException e) {
            stop.check();
            throw errors.explain(e, 1, code, 0);
        }
    }
}
