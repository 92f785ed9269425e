package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.repository.inspection.Finding;
import dev.pgkeep.repository.inspection.Inspection;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Repositories with damage of each kind, kept as files: what is said of them, and what comes back, is kept beside them.
 */
final class DamagedRepositoriesIT {
    private static final Path KEPT = Path.of("src/test/resources/dev/pgkeep/repository/damaged");
    private static final Path SEEN = Path.of("target/damaged");
    private static final List<String> BACKUPS = List.of("newest", "earlier");
    private static final List<String> TABLES = List.of("colours", "customers", "orders");

    private static final Pattern CONTENT = Pattern.compile("(colours|customers|orders) \\d+ [0-9a-f]{8}");

    @TempDir
    private Path folder;

    static List<String> kinds() throws IOException {
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.filter(Files::isDirectory)
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Usually of every third kind. */
    static List<String> chosen() throws IOException {
        List<String> kinds = kinds();
        return IntStream.range(0, kinds.size())
                .filter(each -> Campaign.LONG || each % 3 == 0)
                .mapToObj(kinds::get)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void what_is_said_and_given_back_is_what_was_written_down(String kind) throws IOException {
        String seen;
        try (var database = PostgresServers.any().database("damaged")) {
            seen = report(database, kind);
        }
        Files.createDirectories(SEEN);
        Files.writeString(SEEN.resolve(kind + ".txt"), seen);
        assertThat(seen).isEqualTo(Files.readString(KEPT.resolve(kind + ".txt")));
        assertNoRowIsWrong(kind, seen);
    }

    @Test
    void each_of_them_is_explained() throws IOException {
        String explained = Files.readString(KEPT.resolve("README.md"));
        assertThat(kinds())
                .hasSizeGreaterThan(10)
                .allSatisfy(kind -> assertThat(explained).contains("`" + kind + "`"));
    }

    /** Every line of it is one thing that was tried on a copy of its own. */
    private String report(TestDatabase database, String kind) {
        List<String> lines = new ArrayList<>();
        for (String backup : BACKUPS) {
            if (!orError(() -> String.join(" ", fresh(database, kind).names())).contains(backup)) {
                lines.add(backup + " is not listed");
                continue;
            }
            lines.add(backup);
            lines.add("  quick: " + said(fresh(database, kind), desk -> verdict(desk, backup, Depth.QUICK)));
            lines.add("  verify: " + said(fresh(database, kind), desk -> verdict(desk, backup, Depth.FULL)));
            String restored = said(fresh(database, kind), desk -> restored(desk, backup, false));
            lines.add("  restore: " + restored);
            if (!CONTENT.matcher(restored).find()) {
                lines.add("  --skip-damaged: " + said(fresh(database, kind), desk -> restored(desk, backup, true)));
            }
        }
        lines.add("inspection: " + said(fresh(database, kind), desk -> findings(desk, Inspection.Depth.QUICK)));
        lines.add("sweep: " + said(fresh(database, kind), DamagedRepositoriesIT::swept));
        lines.add("repair --read-all: "
                + said(fresh(database, kind), desk -> {
                    var outcome = desk.repository().chunks().rebuildIndex(true, new Cancellation());
                    return outcome.chunks() + " chunks in " + outcome.packs() + " packs, damaged "
                            + outcome.damaged().stream()
                                    .map(pack -> pack.substring(0, 4))
                                    .toList()
                            + BACKUPS.stream()
                                    .map(each -> "; " + each + " " + state(desk, each))
                                    .collect(Collectors.joining());
                }));
        return String.join("\n", lines) + "\n";
    }

    private interface Question {
        String ask(Desk desk);
    }

    private static String said(Desk desk, Question question) {
        String said = orError(() -> question.ask(desk));
        return said.replace(desk.folder().resolve("backups").toString(), "REPO");
    }

    private static String orError(Supplier<String> answer) {
        try {
            return answer.get();
        } catch (PgkeepException e) {
            return e.code().text() + ": " + e.getMessage() + "; " + e.hint();
        }
    }

    /** What verify --all, status and doctor say of the repository as a whole. */
    private static String findings(Desk desk, Inspection.Depth depth) {
        List<Finding> found = desk.pgkeep().inspect(depth).findings();
        return found.isEmpty()
                ? "nothing"
                : found.stream()
                        .map(each -> each.kind().word() + ", " + each.text())
                        .collect(Collectors.joining("; "));
    }

    private static String swept(Desk desk) {
        var swept = desk.repository().chunks().sweep(false, new Cancellation());
        return swept.reason().orElse(swept.bytes() + " bytes");
    }

    private static String state(Desk desk, String backup) {
        return desk.names().contains(backup)
                ? desk.verify(backup, Depth.FULL).state().word()
                : "not listed";
    }

    private static String verdict(Desk desk, String backup, Depth depth) {
        VerifyResult verdict = desk.verify(backup, depth);
        return verdict.isGood()
                ? verdict.state().word() + ", " + verdict.rows() + " rows"
                : String.valueOf(verdict.problem());
    }

    private static String restored(Desk desk, String backup, boolean skipDamaged) {
        var server = desk.database().server();
        try (var copy = server.databaseToBe(server.uniqueName("copy"))) {
            RestoreOutcome outcome;
            try {
                outcome = desk.restore(backup, copy, skipDamaged);
            } catch (PgkeepException e) {
                assertThat(server.hasDatabase(copy.name())).isFalse();
                throw e;
            }
            return TABLES.stream().map(table -> content(copy, table)).collect(Collectors.joining(", "))
                    + outcome.missing().stream()
                            .map(each -> "; without " + each.where())
                            .collect(Collectors.joining())
                    + outcome.notes().stream()
                            .filter(note -> note.contains("NOT VALID"))
                            .map(note -> "; " + note)
                            .collect(Collectors.joining());
        }
    }

    private static String content(TestDatabase copy, String table) {
        return copy.ask("""
                select '%1$s ' || count(*) || ' ' || left(md5(coalesce(string_agg(t::text, ',' order by t::text collate "C"), '')), 8)
                from %1$s t""".formatted(table));
    }

    /** Whatever the texts say: what comes back of a table is what was in it, or nothing. */
    private static void assertNoRowIsWrong(String kind, String seen) throws IOException {
        assertThat(contents(Files.readString(KEPT.resolve("whole.txt"))))
                .as(kind)
                .containsAll(contents(seen).stream()
                        .filter(table -> !table.contains(" 0 "))
                        .toList());
    }

    private static Set<String> contents(String report) {
        return CONTENT.matcher(report).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private Desk fresh(TestDatabase database, String kind) {
        Path root = folder.resolve("backups");
        try {
            if (Files.exists(root)) {
                try (Stream<Path> old = Files.walk(root)) {
                    for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(each);
                    }
                }
            }
            try (Stream<Path> tree = Files.walk(KEPT.resolve(kind))) {
                for (Path each : tree.toList()) {
                    Files.copy(
                            each,
                            root.resolve(KEPT.resolve(kind).relativize(each).toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Desk(database, folder, Clock.systemUTC());
    }
}
