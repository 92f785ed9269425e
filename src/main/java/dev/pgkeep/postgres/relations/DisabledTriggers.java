package dev.pgkeep.postgres.relations;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Triggers of users that rest until the end of what is done; a failure in between wakes them too. */
public final class DisabledTriggers {
    private static final String QUERY = """
            SELECT format('ALTER TABLE %%s DISABLE TRIGGER %%I', t.tgrelid::regclass, t.tgname),
                   format('ALTER TABLE %%s ENABLE %%s TRIGGER %%I', t.tgrelid::regclass,
                          CASE t.tgenabled WHEN 'A' THEN 'ALWAYS' ELSE '' END, t.tgname)
            FROM pg_catalog.pg_trigger t
            WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgparentid = 0
              AND coalesce(pg_catalog.pg_partition_root(t.tgrelid), t.tgrelid) IN (%s)
            ORDER BY 1""";

    private final RowSession session;
    private final List<String> after;

    private DisabledTriggers(RowSession session, List<String> after) {
        this.session = session;
        this.after = after;
    }

    /**
     * Has triggers rest; tables that have some are locked against changes by others until the transaction ends.
     *
     * @param tables tables whose triggers rest; those without triggers are not touched
     */
    public static DisabledTriggers begin(RowSession session, Collection<Relation> tables) {
        String oids = tables.stream()
                .filter(each -> !each.triggers().isEmpty())
                .map(each -> Long.toString(each.oid()))
                .collect(Collectors.joining(", "));
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        if (!oids.isEmpty()) {
            session.withExactFormat(() -> {
                session.query(QUERY.formatted(oids), "looking at triggers", row -> {
                    before.add(row.getString(1));
                    after.add(row.getString(2));
                });
                before.forEach(sql -> rest(session, sql));
            });
        }
        return new DisabledTriggers(session, after);
    }

    private static void rest(RowSession session, String sql) {
        try {
            session.execute(sql, "having triggers rest");
        } catch (PgkeepException e) {
            throw e.code() == ErrorCode.RIGHTS_MISSING
                    ? new PgkeepException(
                            e.code(),
                            e.getMessage(),
                            "only the owner of a table may have its triggers rest: use that role, or let them run with"
                                    + " --triggers run",
                            e)
                    : e;
        }
    }

    /** Wakes the triggers. Deferred triggers and checks have to have run before. */
    public void end() {
        session.withExactFormat(() -> after.forEach(sql -> session.execute(sql, "waking triggers")));
    }
}
