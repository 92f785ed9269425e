package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.source.DumpSource;
import dev.pgkeep.postgres.admin.CreateDatabaseLike;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A new database under a name of its own, in which a backup is loaded and compared. Nobody else knows the name. It then
 * either takes the real name or is dropped; {@link #close} drops it unless it was named.
 */
public final class FreshDatabase implements AutoCloseable {
    private final RestorePlan plan;
    private final Connector connector;
    private final ServerSession session;
    private final Progress progress;
    private final Cancellation cancellation;
    private final String name;
    private final Set<String> notes = new LinkedHashSet<>();
    private Optional<CreateDatabaseLike> recreation = Optional.empty();
    private boolean created;

    public FreshDatabase(
            RestorePlan plan,
            Connector connector,
            ServerSession session,
            String purpose,
            Progress progress,
            Cancellation cancellation) {
        this.plan = plan;
        this.connector = connector;
        this.session = session;
        this.progress = progress;
        this.cancellation = cancellation;
        this.name = session.reserveName(plan.target().database(), purpose);
    }

    public Target target() {
        return plan.target().withDatabase(name);
    }

    public Set<String> notes() {
        return notes;
    }

    /** Creates the database empty, equal to the one it stands for as far as that is known. */
    public void create() {
        progress.phases().during("create", this::make);
    }

    private void make() {
        Optional<DatabaseProperties> properties = properties();
        if (properties.isEmpty()) {
            session.execute("CREATE DATABASE " + Sql.identifier(name) + " TEMPLATE template0");
            created = true;
        } else {
            createLike(properties.get());
        }
        plan.request().as().ifPresent(this::giveTo);
        if (plan.isProtected()) {
            Protection.put(session.connection(), name);
        }
    }

    /** Found out now, before anything is dropped, whether the role can be used. */
    private void giveTo(String role) {
        if (plan.existing().isEmpty()) {
            session.execute("ALTER DATABASE " + Sql.identifier(name) + " OWNER TO " + Sql.identifier(role));
        }
        LoadRole.rehearse(connector, plan.target(), name, role);
    }

    private Optional<DatabaseProperties> properties() {
        Optional<DatabaseProperties> now = plan.existing().map(ExistingDatabase::properties);
        Optional<DatabaseProperties> then = plan.source().manifest().map(Manifest::properties);
        if (now.isEmpty() || then.isEmpty() || !plan.request().goesBack()) {
            return now.or(() -> then);
        }
        return Optional.of(then.get()
                .ownedAs(
                        plan.request().owners() ? then.get() : now.get(),
                        plan.request().grants() ? then.get() : now.get()));
    }

    private void createLike(DatabaseProperties properties) {
        CreateDatabaseLike recreate = CreateDatabaseLike.plan(properties, name, session.connection());
        created = true;
        notes.addAll(recreate.notes());
        notes.addAll(recreate.create(session.connection()));
        recreation = Optional.of(recreate);
    }

    /**
     * Loads the backup into it and compares its rows.
     *
     * @param lasting whether it is there to stay: then its tables get planner statistics, without which the first
     *     queries would be slow
     */
    public Comparison fill(boolean lasting) {
        Comparison comparison =
                new BackupLoader(plan, connector, progress, cancellation).into(target(), lasting, notes);
        if (lasting && plan.source() instanceof DumpSource && comparison.isSame()) {
            analyze();
        }
        return comparison;
    }

    /** Gives planner statistics to its tables, without which the first queries would be slow. */
    public void analyze() {
        progress.step("Gathering planner statistics");
        try (Phases.Open open = progress.phases().begin("statistics");
                Connection inside = connector.open(target(), "pgkeep");
                Statement statement = inside.createStatement();
                var registration = cancellation.onCancel(() -> cancel(statement))) {
            statement.execute("ANALYZE");
        } catch (SQLException e) {
            cancellation.check();
            notes.add("no statistics were gathered (" + e.getMessage() + "); run ANALYZE when there is time");
        }
    }

    /** Gives the database settings and limits, so that it is as the real one will be. */
    public void equip() {
        recreation.ifPresent(each -> notes.addAll(each.finish(session.connection())));
        recreation = Optional.empty();
    }

    /** Settings and limits first, then the real name: from here on it is the database. */
    public void become(String realName) {
        equip();
        session.rename(name, realName);
        created = false;
    }

    /** Notes that the database has got the real name by other means. */
    public void isNamed() {
        created = false;
    }

    @Override
    public void close() {
        if (created) {
            try {
                if (session.exists(name)) {
                    session.dropPassing(name);
                }
            } catch (PgkeepException e) {
                progress.warn(name + " could not be dropped (" + e.getMessage() + "); the next run will try again");
            }
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // It has ended by itself.
        }
    }
}
