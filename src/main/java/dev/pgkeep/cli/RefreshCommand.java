package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.operation.refresh.RefreshDatabase;
import dev.pgkeep.operation.refresh.RefreshSource;
import dev.pgkeep.postgres.connect.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep refresh}. */
@Command(
        description = "Replaces this database by a copy of another: the newest proven backup of another profile or"
                + " repository, a dump file, or a backup on another machine. What is here now is backed up first; values"
                + " are masked, where rules say so, before anybody can see them.",
        footer = {
            "",
            "Examples:",
            "  pgkeep refresh --from production                       a profile of pgkeep.toml",
            "  pgkeep refresh --from /mnt/backups/shop                a folder with backups, or a dump file",
            "  pgkeep refresh --from ssh://deploy@db.example.com/srv/backups",
            "  pgkeep refresh --mask masks.toml --strict              every column of text needs a rule",
            "  pgkeep refresh --dry-run                               look, and try the rules",
            "  pgkeep undo                                            go back to before it"
        })
final class RefreshCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(
            names = "--from",
            paramLabel = "SOURCE",
            description = "A profile, a folder with backups, a dump file, or ssh://user@host/path")
    @Nullable
    String from;

    @Option(
            names = "--backup",
            paramLabel = "BACKUP",
            description = "This one, by its name or a part of it, instead of the newest proven one")
    @Nullable
    String backup;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "Whose backup, where the source has those of several databases")
    @Nullable
    String database;

    @Option(names = "--any", description = "The newest backup, also one that nobody has proven")
    boolean any;

    @Option(
            names = "--mask",
            paramLabel = "FILE",
            description = "Masking rules, besides those of pgkeep.toml: [mask.TABLE] column = \"hash\"")
    @Nullable
    String mask;

    @Option(names = "--strict", description = "Refuse while a column of text has no masking rule")
    boolean strict;

    @Option(names = "--no-migrate", description = "Do not run the migrate command afterwards")
    boolean noMigrate;

    @Option(
            names = "--allow-host",
            paramLabel = "HOST",
            description = "Replace a database on this host, which is not this machine")
    @Nullable
    String allowHost;

    @Option(
            names = "--dry-run",
            description = "Fetch and check the backup, try the masking rules, show what would be done, but do nothing")
    boolean dryRun;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        session.with("refresh.from", from);
        session.with("refresh.mask", mask);
        session.with("refresh.strict", strict ? true : null);
        session.with("refresh.allow-host", allowHost);
        Pgkeep pgkeep = session.pgkeep();
        Target target = target(session, pgkeep);
        RefreshDatabase refresh = pgkeep.refreshDatabase(CommandStages.aside(session), !noMigrate);
        refresh.refuse(target, pgkeep.settings().refresh().hosts());
        try (RefreshSource source =
                pgkeep.refreshOrigin(target).find(Optional.ofNullable(database), Optional.ofNullable(backup), any)) {
            return new RefreshScreen(session, pgkeep).run(refresh, source, target, !noMigrate, dryRun);
        }
    }

    private static Target target(Session session, Pgkeep pgkeep) {
        Optional<Target> test = pgkeep.testTarget();
        test.ifPresent(target -> session.progress()
                .warn("TEST_DATABASE_URL is set, so this goes to " + target.describe() + " and nowhere else"));
        return test.orElseGet(pgkeep::target);
    }
}
