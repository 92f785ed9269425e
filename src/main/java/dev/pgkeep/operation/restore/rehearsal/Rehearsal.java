package dev.pgkeep.operation.restore.rehearsal;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.client.RefusedStatement;
import dev.pgkeep.operation.restore.load.BackupLoader;
import dev.pgkeep.operation.restore.load.FreshDatabase;
import dev.pgkeep.operation.restore.plan.Finding;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tries the definitions of a restore, and of the safety backup that is its way back, and gives the plan as it can be
 * done.
 */
public final class Rehearsal {
    private final Connector connector;
    private final ClientTools tools;
    private final Progress progress;
    private final Cancellation cancellation;

    public Rehearsal(Connector connector, ClientTools tools, Progress progress, Cancellation cancellation) {
        this.connector = connector;
        this.tools = tools;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * The plan with what will be left out, in another mode, with the old database kept, or blocked.
     *
     * @throws PgkeepException what keeps the server from being asked
     */
    public RestorePlan of(RestorePlan plan) {
        if (!plan.blocking().isEmpty()) {
            return plan;
        }
        return switch (plan.way()) {
            case CREATE -> inScratch(plan);
            case REPLACE -> inScratch(plan);
            case FILL -> plan.server().superuser() ? plan : judged(plan, inside(plan));
            case CLEAN -> plan.server().superuser() ? plan : inPlace(plan);
            case DELTA, ADD, ROWS -> plan;
        };
    }

    private RestorePlan inPlace(RestorePlan plan) {
        progress.step("Rehearsing the definitions");
        try {
            return withWayBackInside(judged(plan, inside(plan)));
        } catch (PgkeepException e) {
            return switch (e.code()) {
                case LOCK_BUSY ->
                    plan.with(List.of(Finding.note(
                            "what the server takes of the backup could not be rehearsed: somebody is at work in "
                                    + plan.target().database(),
                            "it is found out while it is replaced; what fails then changes nothing")));
                case RIGHTS_MISSING -> plan.with(List.of(Finding.blocking(e.getMessage(), e.hint())));
                default -> throw e;
            };
        }
    }

    private RestorePlan inScratch(RestorePlan plan) {
        boolean suspicious = Suspects.any(plan, connector);
        // A superuser would run code of the database's owner, before anybody was asked.
        if (!isDestructive(plan) || plan.server().superuser()) {
            return suspicious ? inScratch(plan, true, Optional.empty()) : plan;
        }
        try (Definitions now = Definitions.of(plan.target(), dumping(plan), cancellation)) {
            boolean proven = !suspicious && now.areAllIn(plan.source(), plan.tools(), cancellation);
            return proven ? plan : inScratch(plan, suspicious, Optional.of(now));
        }
    }

    private static boolean isDestructive(RestorePlan plan) {
        return plan.way() == RestoreMode.REPLACE && plan.needsSafetyBackup() && !plan.keepsOld();
    }

    /**
     * The plan of a superuser, who has been asked, with the old database kept where the safety backup would not load.
     *
     * @throws PgkeepException what keeps the server from being asked
     */
    public RestorePlan afterTheQuestion(RestorePlan plan) {
        if (!isDestructive(plan) || !plan.server().superuser()) {
            return plan;
        }
        try (Definitions now = Definitions.of(plan.target(), dumping(plan), cancellation)) {
            if (now.areAllIn(plan.source(), plan.tools(), cancellation)) {
                return plan;
            }
            try (ServerSession session = ServerSession.open(connector, plan.target());
                    FreshDatabase scratch =
                            new FreshDatabase(plan, connector, session, "scratch", Progress.SILENT, cancellation)) {
                progress.step("Rehearsing the way back");
                scratch.create();
                RestorePlan safe = withWayBack(plan, now, scratch.target());
                safe.findings().stream()
                        .skip(plan.findings().size())
                        .forEach(found -> progress.warn(found.text() + " – " + found.hint()));
                return safe;
            }
        }
    }

    /** @param now what the safety backup will hold, where there is one that has to be a way back */
    private RestorePlan inScratch(RestorePlan plan, boolean suspicious, Optional<Definitions> now) {
        progress.step("Rehearsing the definitions");
        try (ServerSession session = ServerSession.open(connector, plan.target());
                FreshDatabase scratch =
                        new FreshDatabase(plan, connector, session, "scratch", Progress.SILENT, cancellation)) {
            session.dropLeftovers().forEach(progress::note);
            scratch.create();
            RestorePlan able = Suspects.any(plan, connector) ? judged(plan, trial(plan, scratch.target())) : plan;
            return able.way() == RestoreMode.REPLACE && able.blocking().isEmpty() && now.isPresent()
                    ? withWayBack(able, now.get(), scratch.target())
                    : able;
        }
    }

    private ClientSet dumping(RestorePlan plan) {
        return tools.chooseForDump(Version.ofNumber(plan.server().versionNumber()));
    }

    private List<RefusedStatement> trial(RestorePlan plan, Target database) {
        return trial(connector, cancellation, plan, database);
    }

    /** What the server refuses of the definitions of a plan, in a database that is ready for them. */
    static List<RefusedStatement> trial(
            Connector connector, Cancellation cancellation, RestorePlan plan, Target database) {
        return new BackupLoader(plan, connector, Progress.SILENT, cancellation).rehearse(database, entry -> true);
    }

    /** For a superuser extensions alone: what else may be refused runs code of the database's owner. */
    private List<RefusedStatement> suspects(RestorePlan plan, Target database) {
        return plan.server().superuser()
                ? new BackupLoader(plan, connector, Progress.SILENT, cancellation)
                        .rehearse(
                                database,
                                entry -> entry.type().equals("EXTENSION")
                                        || entry.type().equals("SCHEMA"))
                : trial(plan, database);
    }

    private List<RefusedStatement> inside(RestorePlan plan) {
        return plan.contents().listing().isEmpty() ? List.of() : trial(plan, plan.target());
    }

    private RestorePlan judged(RestorePlan plan, List<RefusedStatement> refused) {
        List<RefusedStatement> needed = needed(plan, refused);
        if (needed.isEmpty()) {
            Set<Integer> entries =
                    refused.stream().flatMap(each -> each.entry().stream()).collect(Collectors.toSet());
            return plan.leavingOut(
                    entries,
                    refused.stream()
                            .filter(each -> isDispensable(plan, each))
                            .map(each -> leftOut(plan, each))
                            .toList());
        }
        return plan.way() == RestoreMode.REPLACE ? insteadInside(plan, needed) : blocked(plan, needed);
    }

    /** The refused statements without which the database would not be whole. */
    static List<RefusedStatement> needed(RestorePlan plan, List<RefusedStatement> refused) {
        Map<Integer, Entry> entries = plan.contents().listing().stream()
                .flatMap(listing -> listing.entries().stream())
                .collect(Collectors.toMap(Entry::id, entry -> entry));
        Set<TableName> staying = refused.stream()
                .filter(each -> isDispensable(plan, each))
                .flatMap(each -> each.entry().stream())
                .filter(entries::containsKey)
                .map(entries::get)
                .filter(entry -> entry.type().equals("TABLE"))
                .map(Entry::named)
                .collect(Collectors.toSet());
        return refused.stream()
                .filter(each -> !isDispensable(plan, each))
                .filter(each -> each.entry()
                        .map(entries::get)
                        .filter(entry -> entry.belongsTo(staying))
                        .isEmpty())
                .toList();
    }

    private static boolean isDispensable(RestorePlan plan, RefusedStatement refused) {
        return refused.isLeftOut() || plan.way() == RestoreMode.CLEAN && refused.isKept();
    }

    private static Finding leftOut(RestorePlan plan, RefusedStatement refused) {
        if (refused.isKept()) {
            return Finding.note(
                    "stays as it is, and is not restored, since it belongs to somebody else: " + refused.describe(),
                    "");
        }
        return Finding.note(
                "will be left out: " + refused.describe(),
                plan.way() == RestoreMode.REPLACE
                        ? "restore as a superuser to have it back, or with --in-place, which keeps what is there"
                        : "restore as a superuser to have it back");
    }

    /** What can only be where it is may stay there, while everything around it is made anew. */
    private RestorePlan insteadInside(RestorePlan plan, List<RefusedStatement> needed) {
        RestorePlan inside = plan.inPlace();
        List<RefusedStatement> refused = suspects(inside, plan.target());
        if (!needed(inside, refused).isEmpty()) {
            return blocked(plan, needed);
        }
        RestorePlan changed = judged(inside, refused)
                .with(List.of(Finding.note(
                        "this can be made in " + plan.target().database() + " alone: "
                                + needed.getFirst().describe() + ", so what is inside is replaced, in one transaction",
                        "others wait meanwhile; a superuser may restore beside it")));
        return withWayBackInside(changed);
    }

    private static RestorePlan blocked(RestorePlan plan, List<RefusedStatement> needed) {
        // What follows from something that is missing only repeats it.
        List<RefusedStatement> causes =
                needed.stream().filter(RefusedStatement::isForbidden).toList();
        return plan.with(List.of(Finding.blocking(
                "the role " + plan.server().role() + " cannot restore this: "
                        + described(causes.isEmpty() ? needed : causes),
                causes.isEmpty()
                        ? "restore it beside with --to NAME --create-db as a superuser, or choose another backup"
                        : "connect as a superuser, or as a role that may make it")));
    }

    private RestorePlan withWayBack(RestorePlan plan, Definitions now, Target scratch) {
        List<RefusedStatement> refused = wayBack(plan, now, scratch);
        if (refused.isEmpty()) {
            return plan;
        }
        return plan.keepingOld()
                .with(List.of(Finding.note(
                        "a backup of " + plan.target().database() + " as it is now would not load as it is: "
                                + described(refused),
                        "so the database itself is kept for a day, and pgkeep undo goes back to it")));
    }

    private RestorePlan withWayBackInside(RestorePlan plan) {
        if (!plan.blocking().isEmpty()
                || !plan.needsSafetyBackup()
                || plan.server().superuser()) {
            return plan;
        }
        List<RefusedStatement> refused;
        try (Definitions now = Definitions.of(plan.target(), dumping(plan), cancellation)) {
            refused = wayBack(plan, now, plan.target());
        }
        return refused.isEmpty()
                ? plan
                : plan.with(List.of(Finding.blocking(
                        "a backup of " + plan.target().database()
                                + " as it is now would not load, so that there would be no way back: "
                                + described(refused),
                        "mend that first, restore with a role that may create databases, or add"
                                + " --no-safety-backup")));
    }

    private List<RefusedStatement> wayBack(RestorePlan plan, Definitions now, Target database) {
        RestorePlan back = plan.backTo(now.source(), now.contents(), dumping(plan));
        List<RefusedStatement> refused = trial(back, database);
        return plan.way() == RestoreMode.CLEAN ? needed(back, refused) : refused;
    }

    /** What was refused, in one line. */
    static String described(List<RefusedStatement> refused) {
        String some = refused.stream().limit(3).map(RefusedStatement::describe).collect(Collectors.joining("; "));
        return refused.size() > 3 ? some + " and " + (refused.size() - 3) + " more" : some;
    }
}
