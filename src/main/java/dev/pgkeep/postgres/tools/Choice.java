package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Chooses the set of programs that fits. Pure: looks at versions only. */
final class Choice {
    private static final Pattern ARCHIVE = Pattern.compile("^1\\.(\\d+)");
    private static final Version OLDEST_FOR_NEW_TOOLS = new Version(9, 2);

    private Choice() {}

    static ClientSet forDump(ClientTools tools, Version server) {
        refuseNothing(tools, server);
        return ordered(tools)
                .filter(set -> dumps(set.version(), server))
                .findFirst()
                .orElseThrow(() -> noneDumps(tools, server));
    }

    static ClientSet forRestore(ClientTools tools, Archive archive, Version server) {
        refuseNothing(tools, archive.madeBy().orElse(server));
        Version needed = reader(archive.layout(), archive.madeBy());
        List<ClientSet> able =
                ordered(tools).filter(set -> set.version().majorAtLeast(needed)).toList();
        if (able.isEmpty()) {
            throw tooOld(
                    tools,
                    "no pg_restore here reads archives of version "
                            + archive.layout().orElse("?"),
                    archive.madeBy().orElse(needed));
        }
        List<ClientSet> readers = archive.trusted() ? able : safe(tools, able, archive);
        Version maker = archive.madeBy().orElse(needed);
        Predicate<ClientSet> asNew = set -> set.version().majorAtLeast(maker);
        Predicate<ClientSet> notBeyond = set -> server.majorAtLeast(set.version());
        return configured(tools, readers)
                .or(() -> first(readers, asNew.and(notBeyond)))
                .or(() -> readers.stream().filter(asNew).min(Comparator.comparing(ClientSet::version)))
                .or(() -> first(readers, notBeyond))
                .orElseGet(readers::getFirst);
    }

    /** The sets that cannot be made to run what an archive's maker wants; all of them where somebody insists. */
    private static List<ClientSet> safe(ClientTools tools, List<ClientSet> able, Archive archive) {
        List<ClientSet> safe = able.stream()
                .filter(set -> !KnownHole.CRAFTED_ARCHIVE.isIn(set.version()))
                .toList();
        if (!safe.isEmpty() || tools.oldAllowed()) {
            return safe.isEmpty() ? able : safe;
        }
        Version newest = able.getFirst().version();
        Version fixed = KnownHole.CRAFTED_ARCHIVE.fixFor(newest);
        throw new PgkeepException(
                ErrorCode.TOOLS_TOO_OLD,
                archive.name() + " was not written by pgkeep, and " + KnownHole.CRAFTED_ARCHIVE.danger()
                        + " with pg_restore " + newest + " (" + KnownHole.CRAFTED_ARCHIVE.source()
                        + "); it takes " + fixed + " or later",
                "update the client tools: " + InstallAdvice.command(fixed)
                        + "; or, if you trust whoever made it: --allow-old-client");
    }

    /** pg_dump refuses a server newer than itself; since 15 it also refuses servers before 9.2. */
    private static boolean dumps(Version client, Version server) {
        return client.majorAtLeast(server) && (client.major() < 15 || server.majorAtLeast(OLDEST_FOR_NEW_TOOLS));
    }

    /** The oldest client that reads an archive. For an archive version from the future: the client that made it. */
    private static Version reader(Optional<String> archiveVersion, Optional<Version> madeBy) {
        Matcher matcher = ARCHIVE.matcher(archiveVersion.orElse("1.0").strip());
        int minor = matcher.find() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
        return switch (minor) {
            case 14 -> new Version(12, 0);
            case 15 -> new Version(16, 0);
            case 16 -> new Version(17, 0);
            default -> minor < 14 ? new Version(9, 6) : madeBy.orElse(new Version(18, 0));
        };
    }

    /** The configured folder first, then the newest first. */
    private static Stream<ClientSet> ordered(ClientTools tools) {
        return tools.sets().stream().sorted(Comparator.comparing(set -> !isConfigured(tools, set)));
    }

    private static Optional<ClientSet> configured(ClientTools tools, List<ClientSet> sets) {
        return first(sets, set -> isConfigured(tools, set));
    }

    private static boolean isConfigured(ClientTools tools, ClientSet set) {
        return tools.configured().equals(Optional.of(set.folder()));
    }

    private static Optional<ClientSet> first(List<ClientSet> sets, Predicate<ClientSet> fits) {
        return sets.stream().filter(fits).findFirst();
    }

    private static void refuseNothing(ClientTools tools, Version wanted) {
        if (tools.sets().isEmpty()) {
            String tried = tools.broken().isEmpty() ? "" : " (those in " + tools.broken() + " do not run)";
            throw new PgkeepException(
                    ErrorCode.TOOLS_MISSING,
                    "pg_dump and pg_restore are not installed where pgkeep looked" + tried,
                    InstallAdvice.hint(wanted));
        }
    }

    private static PgkeepException noneDumps(ClientTools tools, Version server) {
        if (server.majorAtLeast(OLDEST_FOR_NEW_TOOLS)) {
            return tooOld(tools, "no pg_dump here can dump a PostgreSQL " + server.majorText() + " server", server);
        }
        return new PgkeepException(
                ErrorCode.SERVER_UNSUPPORTED,
                "PostgreSQL " + server + " is too old for every pg_dump here; found: " + tools.describe(),
                "install client tools of version 14 or older: " + InstallAdvice.command(new Version(14, 0)));
    }

    private static PgkeepException tooOld(ClientTools tools, String what, Version wanted) {
        return new PgkeepException(
                ErrorCode.TOOLS_TOO_OLD, what + "; found: " + tools.describe(), InstallAdvice.hint(wanted));
    }
}
