package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.postgres.admin.Subscriptions;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ConnectionInUse;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.catalog.Writable;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.migrations.CodeMigrations;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.operation.restore.plan.RestorePlan.Mode;
import dev.pgkeep.operation.restore.source.ChunkedContents;
import dev.pgkeep.operation.restore.source.DumpSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.base.units.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Everything that may stand in the way of a restore, found before anything is touched and told all at once. */
final class Preflight {
    private final RestoreRequest request;
    private final RestoreSource source;
    private final SourceContents contents;
    private final ServerInfo server;
    private final Optional<ExistingDatabase> existing;
    private final Mode way;
    private final List<Finding> findings = new ArrayList<>();

    Preflight(
            RestoreRequest request,
            RestoreSource source,
            SourceContents contents,
            ServerInfo server,
            Optional<ExistingDatabase> existing,
            Mode way) {
        this.request = request;
        this.source = source;
        this.contents = contents;
        this.server = server;
        this.existing = existing;
        this.way = way;
    }

    /**
     * Looks at everything.
     *
     * @param beside a connection to the server, not necessarily to the target
     * @param codeFolder where the application's code is, for comparing its migrations with the backup's
     */
    List<Finding> examine(Connection beside, Connector connector, Optional<String> serverVersion, Path codeFolder) {
        Catalog catalog = new Catalog(beside);
        checkServer(beside, serverVersion);
        checkEmptiness();
        checkEncoding();
        Optional<ArchiveListing> listing = contents.listing();
        checkExtensions(catalog.availableExtensions(), listing);
        checkRoles(catalog.roles(), listing);
        checkTablespaces(catalog.tablespaces());
        checkSpace();
        checkConnections();
        checkMigrations(codeFolder);
        checkPart(listing);
        checkDamage();
        checkPrepared(beside);
        checkSubscriptions(beside, listing);
        checkRowSecurity();
        findings.addAll(new LoadRoleCheck(request, server).examine(source, way, beside));
        if (way == Mode.ROWS) {
            checkTables(connector, request.target(), contents.rows());
        }
        return findings;
    }

    private void checkServer(Connection beside, Optional<String> from) {
        Writable.obstacle(beside, "").ifPresent(each -> block(each.getMessage(), each.hint()));
        from.flatMap(Version::parse)
                .filter(version -> version.major() > server.major())
                .ifPresent(version -> note(
                        "the backup is from PostgreSQL " + version.majorText() + ", the server is " + server.major(),
                        "what the older server does not know will stop the restore; test with --to and --create-db"));
    }

    private void checkEmptiness() {
        boolean filled = existing.filter(each -> !each.isEmpty()).isPresent();
        if (way == Mode.FILL && filled) {
            block(
                    "the database " + request.target().database() + " is not empty",
                    "replace it with --drop-existing, or choose another name with --to NAME --create-db");
        }
        if (way == Mode.CREATE && !request.createDatabase()) {
            block("there is no database " + request.target().database(), "add --create-db to create it");
        }
        if (way == Mode.CREATE && !server.createDatabases()) {
            block(
                    "the role " + server.role() + " may not create databases",
                    "have an empty database created for you, or: ALTER ROLE " + server.role() + " CREATEDB");
        }
        if (way == Mode.ROWS && existing.isEmpty()) {
            block("there is no database " + request.target().database() + " to put rows into", "leave --data-only out");
        }
    }

    private void checkEncoding() {
        Optional<String> of = source.manifest().map(Manifest::properties).map(DatabaseProperties::encoding);
        Optional<String> there = existing.map(each -> each.properties().encoding());
        if (of.isPresent() && there.isPresent() && !of.equals(there)) {
            note(
                    "the backup is encoded in " + of.get() + ", the database in " + there.get(),
                    "characters that " + there.get() + " does not have will stop the restore");
        }
    }

    private void checkExtensions(Set<String> available, Optional<ArchiveListing> listing) {
        Set<String> needed = new TreeSet<>();
        source.manifest().ifPresent(manifest -> manifest.extensions().forEach(each -> needed.add(each.name())));
        listing.ifPresent(list -> list.ofType("EXTENSION").forEach(entry -> needed.add(entry.name())));
        if (request.content() == Manifest.Content.DATA || request.isPartial()) {
            return;
        }
        needed.removeAll(available);
        if (!needed.isEmpty()) {
            block(
                    "the server does not have the extensions " + String.join(", ", needed),
                    "install their packages on the server, for instance postgresql-" + server.major() + "-NAME");
        }
    }

    private void checkRoles(Set<String> roles, Optional<ArchiveListing> listing) {
        Set<String> owners = new TreeSet<>();
        listing.ifPresent(list -> list.ofType("TABLE").forEach(entry -> owners.add(entry.owner())));
        if (request.owners()) {
            Set<String> missing = new TreeSet<>(owners);
            missing.removeAll(roles);
            if (!missing.isEmpty() && !request.globals()) {
                block(
                        "the server does not have the roles " + String.join(", ", missing),
                        "create them, restore them with --globals, or leave --owners out");
            }
        } else {
            owners.remove(server.role());
            if (!owners.isEmpty()) {
                note(
                        "tables of " + String.join(", ", owners) + " will belong to " + server.role(),
                        "add --owners (and --grants) to keep owners and rights");
            }
        }
    }

    private void checkTablespaces(Set<String> present) {
        Optional<String> needed =
                source.manifest().map(each -> each.properties().tablespace());
        if (way == Mode.CREATE && needed.isPresent() && !present.contains(needed.get())) {
            note("the server does not have the tablespace " + needed.get(), "the default one will be used");
        }
    }

    private void checkSpace() {
        Optional<Path> folder = server.localDataDirectory();
        Optional<Manifest> manifest = source.manifest();
        if (folder.isEmpty() || manifest.isEmpty()) {
            return;
        }
        try {
            long free = Files.getFileStore(folder.get()).getUsableSpace();
            long freed =
                    way == Mode.REPLACE ? existing.map(ExistingDatabase::bytes).orElse(0L) : 0;
            long needed = manifest.get().sourceBytes();
            if (free + freed < needed) {
                block(
                        "the server's disk has " + Sizes.text(free) + " free, the tables alone need "
                                + Sizes.text(needed),
                        way == Mode.SWAP
                                ? "free space on the server, or leave --swap out: with it the old database stays beside"
                                        + " the new one"
                                : "free space on the server, or restore to another one with --to URL");
            }
        } catch (IOException e) {
            // Not ours to look at: then the server will say so itself.
        }
    }

    private void checkConnections() {
        existing.filter(each -> !each.connections().isEmpty() && way != Mode.ROWS && way != Mode.ADD)
                .ifPresent(each -> note(
                        Sizes.count(each.connections().size(), "connection") + " to "
                                + request.target().database() + " will be ended: "
                                + each.connections().stream()
                                        .map(Preflight::describe)
                                        .limit(5)
                                        .reduce((a, b) -> a + ", " + b)
                                        .orElse(""),
                        ""));
    }

    private void checkMigrations(Path codeFolder) {
        Optional<Manifest.Migrations> applied = source.manifest().flatMap(Manifest::mainMigrations);
        Optional<CodeMigrations> code = CodeMigrations.find(codeFolder);
        if (applied.isPresent() && code.isPresent()) {
            Optional<String> head = Optional.ofNullable(applied.get().head());
            if (code.get().isBehind(applied.get().tool(), head)) {
                note(
                        "the backup is ahead of the code: it has the migration " + head.orElse("?")
                                + ", which is not in " + code.get().folder(),
                        "check out the code that fits, or choose an older backup");
            }
        }
    }

    private void checkPart(Optional<ArchiveListing> listing) {
        checkLeftOut();
        if (source instanceof DumpSource script && script.dump().cluster()) {
            block(
                    script.dump().path() + " is a dump of a whole server by pg_dumpall",
                    "restore it with: psql --file=" + script.dump().path() + " postgres");
        }
        if (request.isPartial() && listing.isEmpty() && request.content() != Manifest.Content.DATA) {
            block(
                    "single tables cannot be taken out of a plain script",
                    "restore it whole beside (--to NAME --create-db), or take the rows alone with --data-only -t");
        }
    }

    private void checkDamage() {
        contents.chunks().map(ChunkedContents::missing).orElse(List.of()).stream()
                .map(each -> "damaged and left out: " + each.describe())
                .forEach(text -> note(text, ""));
    }

    /** They hold locks that nobody can end, and keep the database from being dropped. */
    private void checkPrepared(Connection beside) {
        if (way == Mode.REPLACE || way == Mode.CLEAN) {
            PreparedTransactions.find(beside, request.target().database(), "being replaced")
                    .ifPresent(findings::add);
        }
    }

    private void checkSubscriptions(Connection beside, Optional<ArchiveListing> listing) {
        String database = request.target().database();
        if (way == Mode.REPLACE) {
            SubscriptionCheck.find(beside, database, " first, or leave the old one beside with --swap")
                    .ifPresent(findings::add);
        } else if (way == Mode.CLEAN && !request.isPartial()) {
            Set<String> twice = new TreeSet<>(Subscriptions.of(beside, database));
            twice.retainAll(listing.stream()
                    .flatMap(list -> list.ofType("SUBSCRIPTION").stream())
                    .map(ArchiveListing.Entry::name)
                    .toList());
            if (!twice.isEmpty()) {
                block(
                        "subscriptions of the backup are in " + database + " already, and stay when it is emptied: "
                                + String.join(", ", twice),
                        "DROP SUBSCRIPTION in " + database + " first");
            }
        }
    }

    private void checkRowSecurity() {
        RowSecurity.ofBackup(request, contents, server).ifPresent(findings::add);
        existing.filter(each -> request.safetyBackup() && !each.isEmpty())
                .flatMap(each -> RowSecurity.ofTarget(each, server))
                .ifPresent(findings::add);
    }

    /** What is not in the backup would be gone: nobody wants that without saying so. */
    private void checkLeftOut() {
        if (source.manifest().filter(manifest -> !manifest.isWhole()).isEmpty()
                || way != Mode.REPLACE && way != Mode.SWAP && way != Mode.CLEAN) {
            return;
        }
        String text = "the backup holds only a part of its database ("
                + source.manifest().map(Preflight::part).orElse("") + "): everything else that is in "
                + request.target().database() + " now ";
        if (request.allowPartial() || existing.filter(each -> !each.isEmpty()).isEmpty()) {
            note(text + "will be gone", "");
        } else {
            block(
                    text + "would be gone",
                    "restore it beside with --to NAME --create-db, take single tables with -t or rows alone with"
                            + " --data-only --truncate, or add --allow-partial");
        }
    }

    private static String part(Manifest manifest) {
        List<String> words = new ArrayList<>();
        switch (manifest.content()) {
            case SCHEMA -> words.add("the schema without rows");
            case DATA -> words.add("rows without the schema");
            case ALL -> {}
        }
        words.addAll(manifest.filters());
        return String.join(" ", words);
    }

    /** Rows go into tables of the same name; those that hold rows are refused unless they may be emptied. */
    private void checkTables(Connector connector, Target target, SortedMap<TableName, Long> expected) {
        if (existing.isEmpty()) {
            return;
        }
        try (Connection connection = connector.open(target, "pgkeep")) {
            Set<TableName> named = new TreeSet<>(expected.keySet());
            named.addAll(contents.uncounted());
            named.removeIf(table -> table.schema().isEmpty());
            TableProbe probe = new TableProbe(connection, named);
            Set<TableName> missing = probe.missing();
            if (!missing.isEmpty()) {
                block("the database has no tables " + missing, "create them first (migrations), or leave them out");
            }
            Set<TableName> filled = request.truncate() ? Set.of() : probe.filled();
            if (!filled.isEmpty()) {
                block("these tables hold rows: " + filled, "empty them first with --truncate");
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the tables of " + target.database());
        }
    }

    private static String describe(ConnectionInUse connection) {
        String who = connection.user().orElse("somebody") + "@" + connection.client();
        return connection.application().isEmpty() ? who : who + " (" + connection.application() + ")";
    }

    private void block(String text, String hint) {
        findings.add(Finding.blocking(text, hint));
    }

    private void note(String text, String hint) {
        findings.add(Finding.note(text, hint));
    }
}
