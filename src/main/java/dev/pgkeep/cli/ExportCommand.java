package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.cli.render.ExportJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.operation.export.Export;
import dev.pgkeep.operation.export.ExportRequest;
import dev.pgkeep.operation.export.ExportResult;
import dev.pgkeep.operation.restore.ScratchServer;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.connect.Target;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep export BACKUP}. */
@Command(
        description = "Writes a backup in a form that needs no pgkeep. A chunked one becomes an SQL script, for which"
                + " no server is needed; where a table cannot be written as text, a folder that psql alone restores."
                + " Other formats are made by pg_dump from a scratch database, which is dropped again.",
        footer = {
            "",
            "Examples:",
            "  pgkeep export latest                                      a script in this folder",
            "  pgkeep export latest --to /mnt/usb --compress zstd",
            "  pgkeep export shop_2026-11-20_143052 --format custom --to shop.dump",
            "  pgkeep export latest --format directory --on temporary    on a server started for it"
        })
final class ExportCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "BACKUP", description = "Which one (default: latest)")
    @Nullable
    String backup;

    @Option(
            names = "--to",
            paramLabel = "PATH",
            description = "File or folder to write, or an existing folder to write into (default: this folder)")
    @Nullable
    Path to;

    @Option(
            names = {"-F", "--format"},
            paramLabel = "FORMAT",
            description =
                    "plain, custom, tar or directory (default: plain; as it is, where it is one of these already)")
    @Nullable
    String format;

    @Option(
            names = "--compress",
            paramLabel = "METHOD[:LEVEL]",
            description = "none, gzip, zstd or lz4 (default: none for scripts, else pg_dump's own)")
    @Nullable
    String compress;

    @Option(names = "--no-owner", description = "Leave out who owns what")
    boolean noOwner;

    @Option(names = "--no-privileges", description = "Leave out who may do what")
    boolean noPrivileges;

    @Option(names = "--overwrite", description = "Replace what stands there already")
    boolean overwrite;

    @Option(
            names = "--on",
            paramLabel = "WHERE",
            description = "Server for the scratch database: same, temporary (started for this, without owners and"
                    + " rights), or a URL (default: TEST_DATABASE_URL where it is set, else same)")
    @Nullable
    String on;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        RestoreSource source = pgkeep.sourceFinder().named(backup == null ? "latest" : backup);
        ExportRequest request = request(session);
        try (ScratchServer server = session.scratchServer(pgkeep, on)) {
            Optional<Target> scratch =
                    Export.needsServer(source, request) ? Optional.of(server.target()) : Optional.empty();
            ExportResult result = pgkeep.export().run(source, request, scratch);
            if (global.json) {
                session.document(Json.text(ExportJson.of(result)));
            } else {
                print(session, result);
            }
        }
        return ExitStatus.DONE;
    }

    private ExportRequest request(Session session) {
        // A temporary server has none of the roles.
        boolean roles = !"temporary".equals(on);
        Path here = session.surroundings().workingDirectory();
        return new ExportRequest(
                Optional.ofNullable(format).map(ExportCommand::format),
                Optional.ofNullable(compress).map(ExportCommand::compression),
                to == null ? here : here.resolve(to),
                !noOwner && roles,
                !noPrivileges && roles,
                overwrite);
    }

    private static void print(Session session, ExportResult result) {
        session.conclude(session.style().good("✓ ") + session.path(result.path()));
        session.say("  format  " + result.format() + ", " + Sizes.text(result.bytes()));
        if (result.rows() >= 0) {
            session.say(
                    "  rows    " + Sizes.count(result.rows(), "row") + " in " + Sizes.count(result.tables(), "table"));
        }
        result.binary().forEach(line -> session.say("  binary  " + line));
        session.say("Load it with:");
        result.restore().forEach(line -> session.say("  " + line));
    }

    private static Format format(String text) {
        return Format.of(text)
                .filter(Format::isPortable)
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.FORMAT_UNKNOWN,
                        "there is no format " + text + " to export",
                        "take plain, custom, tar or directory"));
    }

    private static Compression compression(String text) {
        return Compression.of(text)
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.USAGE,
                        "there is no compression " + text,
                        "for instance --compress zstd:3, gzip or none"));
    }
}
