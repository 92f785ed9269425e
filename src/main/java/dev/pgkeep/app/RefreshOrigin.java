package dev.pgkeep.app;

import dev.pgkeep.app.config.Settings;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Words;
import dev.pgkeep.operation.refresh.RefreshSource;
import dev.pgkeep.operation.refresh.RefreshSources;
import dev.pgkeep.operation.refresh.ssh.RemotePlace;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.select.BackupQuery;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what {@code --from} means: a place on another machine, a profile, or a path. */
public final class RefreshOrigin {
    private static final String UNKNOWN = "unknown";

    private final Pgkeep pgkeep;
    private final Target target;
    private final RefreshSources sources;
    private final Settings.Refresh settings;

    RefreshOrigin(Pgkeep pgkeep, Target target) {
        this.pgkeep = pgkeep;
        this.target = target;
        this.sources = pgkeep.refreshSources();
        this.settings = pgkeep.settings().refresh();
    }

    /**
     * Finds the backup, and fetches it where it is on another machine.
     *
     * @param database whose, where the source has those of several databases
     * @param backup its name or a part of it; empty for the newest proven one
     * @param any whether one will do that nobody has proven
     * @throws PgkeepException USAGE, SOURCE_UNREACHABLE, BACKUP_NOT_FOUND, BACKUP_AMBIGUOUS, BACKUP_DAMAGED
     */
    public RefreshSource find(Optional<String> database, Optional<String> backup, boolean any) {
        String from = settings.from().orElseThrow(this::unsaid);
        if (RemotePlace.looksLikeOne(from)) {
            return sources.on(
                    RemotePlace.parse(from),
                    settings.ssh().allowed(),
                    new BackupQuery(database, likely(target.database()), backup, any));
        }
        if (pgkeep.settings().profiles().contains(from)) {
            return ofProfile(from, database, backup, any);
        }
        return sources.at(path(from), new BackupQuery(database, likely(target.database()), backup, any));
    }

    private RefreshSource ofProfile(String name, Optional<String> database, Optional<String> backup, boolean any) {
        Map<String, String> flags = new HashMap<>(pgkeep.sources().flags());
        List.of("url", "repository").forEach(flags::remove);
        flags.put("profile", name);
        Pgkeep other = open(flags);
        Optional<String> theirs =
                other.settings().origins().getOrDefault("url", "").contains("profile")
                        ? other.databaseName()
                        : Optional.empty();
        boolean sameFolder =
                other.repository().root().equals(pgkeep.repository().root());
        List<String> names = theirs.map(List::of).orElse(likely(target.database()));
        if (sameFolder && database.or(() -> theirs).orElse(target.database()).equals(target.database())) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    "the profile " + name + " has the same repository and database as this one",
                    "give it a url or a repository of its own, or say whose backups with --database NAME");
        }
        return sources.inFolder(other.repository().root(), new BackupQuery(database, names, backup, any));
    }

    /**
     * Opens another profile for its backups alone: whoever has no login there, and so no variable with one, needs none.
     */
    private Pgkeep open(Map<String, String> flags) {
        try {
            return pgkeep.with(flags);
        } catch (PgkeepException e) {
            Map<String, String> without = new HashMap<>(flags);
            without.put("url", "postgresql://localhost/" + UNKNOWN);
            try {
                return pgkeep.with(without);
            } catch (PgkeepException again) {
                throw e;
            }
        }
    }

    private Path path(String from) {
        try {
            boolean inHome = from.equals("~") || from.startsWith("~/");
            Path path = inHome
                    ? pgkeep.sources().home().resolve(from.substring(Math.min(2, from.length())))
                    : settings.base().resolve(from);
            if (Files.exists(path) || from.contains("/")) {
                return path.toAbsolutePath().normalize();
            }
        } catch (InvalidPathException e) {
            // Then it is no path.
        }
        List<String> profiles = pgkeep.settings().profiles();
        throw new PgkeepException(
                ErrorCode.USAGE,
                from + " is neither a profile nor a file or folder",
                Words.nearest(from, profiles)
                        .map(near -> "did you mean " + near + "?")
                        .orElse(
                                profiles.isEmpty()
                                        ? "there are no profiles"
                                        : "profiles: " + String.join(", ", profiles)));
    }

    /** The name of a copy often tells what it is a copy of. */
    private static List<String> likely(String database) {
        return Stream.of(database, database.replaceAll("[_-](dev|development|local|test|copy)$", ""))
                .distinct()
                .toList();
    }

    private PgkeepException unsaid() {
        List<String> others = pgkeep.settings().profiles().stream()
                .filter(name -> !pgkeep.settings().profile().equals(Optional.of(name)))
                .toList();
        return new PgkeepException(
                ErrorCode.USAGE,
                "nothing says where to take the backup from",
                others.isEmpty()
                        ? "add --from FOLDER, FILE or ssh://user@host/path; for good: the key refresh.from"
                        : "add --from " + others.getFirst() + ", or set refresh.from in pgkeep.toml");
    }
}
