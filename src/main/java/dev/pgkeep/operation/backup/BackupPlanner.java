package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.BackupName;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Compression.Method;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.backup.BackupPlan.PlannedCopy;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.postgres.admin.KeptDatabaseName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks at everything a backup needs before it begins, and decides how it is made. Changes nothing. */
final class BackupPlanner {
    private final Connector connector;
    private final Supplier<ClientTools> tools;
    private final Repository repository;
    private final BackupSettings settings;
    private final Clock clock;
    private final Progress progress;

    /** @param context whose clock names the backup */
    BackupPlanner(
            Connector connector,
            Supplier<ClientTools> tools,
            Repository repository,
            BackupSettings settings,
            RunContext context) {
        this.connector = connector;
        this.tools = tools;
        this.repository = repository;
        this.settings = settings;
        this.clock = context.clock();
        this.progress = context.progress();
    }

    private static Optional<String> administrators(List<String> objects) {
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of("only an administrator can make these again, so a restore by this role leaves them out or"
                        + " keeps those that are there: "
                        + objects.stream().limit(5).collect(Collectors.joining(", "))
                        + (objects.size() > 5 ? " and " + (objects.size() - 5) + " more" : ""));
    }

    /** @param session receives the session that was looked in; closed where that fails */
    BackupPlan plan(BackupRequest asked, Target wanted, PlanningSession session) {
        Connector.Settled settled = connect(wanted);
        session.keep(settled);
        boolean planned = false;
        try (Phases.Open open = progress.phases().beside("catalog")) {
            BackupPlan plan = look(asked, settled.target(), settled.connection());
            planned = true;
            return plan;
        } catch (SQLException e) {
            throw SqlErrors.translate(
                    e, "reading the catalog of " + settled.target().database());
        } finally {
            if (!planned) {
                session.close();
            }
        }
    }

    private BackupPlan look(BackupRequest asked, Target target, Connection connection) throws SQLException {
        ServerInfo server = new Catalog(connection).server();
        ClientSet client = tools.get().chooseForDump(Version.ofNumber(server.versionNumber()));
        List<String> notes = new ArrayList<>();
        BackupRequest request = OneSession.isNeeded(server) ? OneSession.of(asked, server, client, notes) : asked;
        List<PlannedCopy> copies = copies(request, client);
        DatabaseFacts facts = DatabaseFacts.read(connection, target.database(), settings.migrationsQuery());
        target.poolerSign().ifPresent(notes::add);
        if (request.filters().isEmpty() && request.content() != Content.SCHEMA) {
            refuseUnreadable(facts);
        }
        if (!request.filters().isEmpty()) {
            notes.addAll(new FilterDependencyCheck(request.filters())
                    .warnings(request.content(), new Catalog(connection).dependencies()));
        }
        administrators(new Catalog(connection).administratorsObjects()).ifPresent(notes::add);
        long free = repository.freeBytes();
        checkSpace(target.database(), request, facts, free, notes);
        return new BackupPlan(
                request,
                name(request, target),
                request.effectiveKind(),
                target,
                server,
                client,
                copies,
                facts,
                new Catalog(connection).hasDatabases(KeptDatabaseName.PATTERN),
                repository.root(),
                free,
                notes);
    }

    private Connector.Settled connect(Target wanted) {
        try (Phases.Open open = progress.phases().beside("connect")) {
            return connector.openSettled(wanted, "pgkeep");
        }
    }

    private String name(BackupRequest request, Target target) {
        return request.name()
                .orElseGet(() -> BackupName.fill(
                        settings.nameTemplate(),
                        target.database(),
                        clock.instant(),
                        request.label().orElse(null),
                        request.effectiveKind()));
    }

    private static List<PlannedCopy> copies(BackupRequest request, ClientSet client) {
        return request.formats().stream()
                .distinct()
                .map(format -> new PlannedCopy(format, compression(format, request.compression(), client)))
                .toList();
    }

    /**
     * The compression that was asked for, where the format and the client can do it; without a wish, the best they
     * have.
     */
    private static Compression compression(Format format, Optional<Compression> wish, ClientSet client) {
        return switch (format) {
            case CHUNKED -> chunked(wish);
            case TAR -> tar(wish);
            case PLAIN -> plain(wish);
            case CUSTOM, DIRECTORY -> archive(wish, client);
        };
    }

    private static Compression chunked(Optional<Compression> wish) {
        Compression compression = wish.orElse(new Compression(Method.ZSTD, 3));
        if (compression.method() != Method.ZSTD) {
            throw new PgkeepException(
                    ErrorCode.FORMAT_UNSUPPORTED,
                    "the chunked format is compressed with zstd, not with "
                            + compression.method().word(),
                    "take --compress zstd:1 for speed, zstd:9 for size, or another --format");
        }
        return compression;
    }

    private static Compression tar(Optional<Compression> wish) {
        wish.filter(compression -> compression.method() != Method.NONE).ifPresent(compression -> {
            throw new PgkeepException(
                    ErrorCode.FORMAT_UNSUPPORTED,
                    "the tar format cannot be compressed",
                    "leave --compress out, or take --format custom");
        });
        return Compression.NONE;
    }

    private static Compression plain(Optional<Compression> wish) {
        Compression compression = wish.orElse(new Compression(Method.ZSTD, 3));
        if (compression.method() == Method.LZ4) {
            throw new PgkeepException(
                    ErrorCode.FORMAT_UNSUPPORTED,
                    "a plain script cannot be compressed with lz4",
                    "take --compress zstd or gzip, or --format custom");
        }
        return compression;
    }

    private static Compression archive(Optional<Compression> wish, ClientSet client) {
        Compression best =
                client.supports(Method.ZSTD) ? new Compression(Method.ZSTD, 3) : new Compression(Method.GZIP, null);
        Compression compression = wish.orElse(best);
        if (!client.supports(compression.method())) {
            throw new PgkeepException(
                    ErrorCode.FORMAT_UNSUPPORTED,
                    "pg_dump " + client.version() + " cannot compress with "
                            + compression.method().word(),
                    "take --compress gzip, or install newer client tools: pgkeep doctor");
        }
        return compression;
    }

    private static void refuseUnreadable(DatabaseFacts facts) {
        List<String> unreadable = facts.tables().stream()
                .filter(table -> !table.readable())
                .map(table -> table.name().toString())
                .toList();
        if (!unreadable.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.RIGHTS_MISSING,
                    "this role may not read " + Sizes.count(unreadable.size(), "table") + ": "
                            + String.join(", ", unreadable),
                    "connect as their owner, or: GRANT pg_read_all_data TO this role; or leave them out with -T");
        }
        List<String> hidden = facts.tables().stream()
                .filter(TableInfo::rowsHidden)
                .map(table -> table.name().toString())
                .toList();
        if (!hidden.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.ROWS_HIDDEN,
                    "row security hides rows of " + String.join(", ", hidden) + " from this role",
                    "connect as the owner of the tables or as a role with BYPASSRLS, or leave them out with -T");
        }
    }

    /**
     * Checks the space: what the last backup took is a good guess for files. Of chunks nobody can know how many are
     * new.
     */
    private void checkSpace(
            String database, BackupRequest request, DatabaseFacts facts, long free, List<String> notes) {
        boolean shares = request.formats().equals(List.of(Format.CHUNKED));
        Optional<StoredBackup> last = repository.list().stream()
                .filter(backup -> backup.database().filter(database::equals).isPresent() && backup.bytes() > 0)
                .filter(backup -> backup.hasChunks() == shares)
                .findFirst();
        long expected =
                last.map(backup -> shares ? backup.newBytes() : backup.bytes()).orElse(facts.tableBytes() / 3);
        if (last.isPresent() && !shares && free < expected / 2) {
            throw new PgkeepException(
                    ErrorCode.DISK_FULL,
                    "only " + Sizes.text(free) + " are free in " + repository.root() + "; the last backup took "
                            + Sizes.text(expected),
                    "free space, remove old backups (pgkeep prune), or choose another folder with --repo");
        }
        if (free < expected) {
            notes.add("only " + Sizes.text(free) + " are free in the repository; about " + Sizes.text(expected)
                    + " may be needed");
        }
    }
}
