package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.format.manifest.Compression.Method;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.ManifestBuilder;
import dev.pgkeep.format.manifest.Manifests;
import dev.pgkeep.operation.restore.source.ChunkedContents;
import dev.pgkeep.operation.restore.source.DumpSource;
import dev.pgkeep.operation.restore.source.MissingRows;
import dev.pgkeep.postgres.catalog.ConnectionInUse;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.DumpFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What is known of a restore, made up: a whole backup of PostgreSQL 15 into {@code shop} on such a server, as the role
 * {@code app} that may do everything there but is no superuser.
 */
final class MadeSubject {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final RestoreMode mode;
    private final List<ArchiveListing.Entry> entries = new ArrayList<>();
    private RestoreRequest request = RestoreRequest.whole(target());
    private Optional<Manifest> manifest = Optional.of(Manifests.custom("b", "shop", NOON, "b.dump", 5, List.of()));
    private Optional<ExistingDatabase> existing = Optional.empty();
    private Optional<String> dataDirectory = Optional.empty();
    private List<MissingRows> missing = List.of();
    private boolean script;
    private boolean cluster;
    private boolean createsDatabases = true;

    private MadeSubject(RestoreMode mode) {
        this.mode = mode;
    }

    static MadeSubject in(RestoreMode mode) {
        return new MadeSubject(mode);
    }

    static Target target() {
        return TargetReader.read("postgresql://app@localhost:5432/shop", Map.of(), Path.of("none"), "test")
                .target();
    }

    MadeSubject wanting(UnaryOperator<RestoreRequest> change) {
        request = change.apply(request);
        return this;
    }

    MadeSubject of(UnaryOperator<ManifestBuilder> change) {
        manifest = manifest.map(each -> change.apply(Manifests.like(each)).build());
        return this;
    }

    /** Of a dump that somebody else made. */
    MadeSubject foreign() {
        manifest = Optional.empty();
        return this;
    }

    MadeSubject script(boolean wholeServer) {
        script = true;
        cluster = wholeServer;
        return this;
    }

    MadeSubject holding(String type, String name, String owner) {
        entries.add(new ArchiveListing.Entry(
                entries.size(),
                type,
                "public",
                name,
                owner,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty()));
        return this;
    }

    MadeSubject missing(MissingRows... rows) {
        missing = List.of(rows);
        return this;
    }

    MadeSubject onDiskOf(Path folder) {
        dataDirectory = Optional.of(folder.toString());
        return this;
    }

    MadeSubject byRoleThatCreatesNothing() {
        createsDatabases = false;
        return this;
    }

    /** Over a database with so many objects and bytes. */
    MadeSubject over(String encoding, long objects, long bytes, ConnectionInUse... connections) {
        DatabaseProperties like =
                Manifests.custom("b", "shop", NOON, "b.dump", 5, List.of()).properties();
        existing = Optional.of(new ExistingDatabase(
                new DatabaseProperties(
                        like.owner(),
                        encoding,
                        like.localeProvider(),
                        like.collate(),
                        like.ctype(),
                        null,
                        null,
                        like.tablespace(),
                        -1,
                        false,
                        true,
                        null,
                        List.of(),
                        like.grants()),
                List.of(),
                objects,
                0,
                bytes,
                List.of(connections),
                true,
                List.of(),
                false));
        return this;
    }

    static ConnectionInUse connection(String user, String application) {
        return new ConnectionInUse(7, Optional.of(user), application, "local", Optional.empty(), NOON);
    }

    PreflightSubject made() {
        ServerInfo server = new ServerInfo(
                "15.18",
                150_018,
                "UTF8",
                Optional.empty(),
                false,
                "app",
                false,
                createsDatabases,
                false,
                Optional.empty(),
                dataDirectory);
        DumpFile dump = new DumpFile(Path.of("b.dump"), script ? Format.PLAIN : Format.CUSTOM, Method.NONE, cluster);
        Optional<ArchiveListing> listing = script
                ? Optional.empty()
                : Optional.of(
                        new ArchiveListing(Optional.empty(), Optional.empty(), Optional.empty(), entries, 0, Set.of()));
        return new PreflightSubject(
                RestoreFacts.of(request, server, existing, true),
                mode,
                new DumpSource("b", dump, manifest, Optional.empty(), Optional.empty()),
                new SourceContents(
                        new TreeMap<>(),
                        Set.of(),
                        listing,
                        Optional.empty(),
                        missing.isEmpty() ? Optional.empty() : Optional.of(new ChunkedContents(List.of(), missing))),
                server,
                existing);
    }
}
