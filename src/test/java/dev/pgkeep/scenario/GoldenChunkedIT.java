package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.restore.source.MissingRows;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three chunked backups of one database as version 1 of the format wrote them: {@code golden-chunked-1} is never
 * written again. And what becomes of them when the disk lies about any of their files: each backup then either comes
 * back as it was, or is refused; never are rows wrong or missing without a word.
 */
final class GoldenChunkedIT {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/pgkeep/repository/golden-chunked-1");
    private static final List<String> NAMES = List.of("third", "second", "first");
    private static final String CUSTOMERS = "public.customers";
    private static final String ORDERS = "public.orders";
    private static final String ODD = "public.odd name";
    private static final String FOUND = "public.found";

    /** Rows and what they are: the MD5 of all of them as text. */
    private static final Map<String, Map<String, String>> CONTENTS = Map.of(
            "first",
            contents(
                    "200 de8a8e84569ba85db29003f6b516f6e8",
                    "1500 b3130d8e7aa67eb77da8a8fc04a4e1c8",
                    "30 157c6ed0cae6d98e3e0837b8f95493fd"),
            "second",
            contents(
                    "200 de8a8e84569ba85db29003f6b516f6e8",
                    "1500 76e197b822e8d007afbe8d754560e5e8",
                    "30 157c6ed0cae6d98e3e0837b8f95493fd"),
            "third",
            contents(
                    "260 95fadac46c5ce4ea519202675f204659",
                    "1500 76e197b822e8d007afbe8d754560e5e8",
                    "50 0250e4c14ac048a8f708ba4b8c6aa8eb"));

    @TempDir
    private Path folder;

    private TestDatabase database;
    private Desk desk;
    private final Random random = new Random(20_261_121);

    @BeforeEach
    void open() throws IOException {
        database = PostgresServers.any().database("golden");
        desk = new Desk(database, folder, Clock.systemUTC());
        copyGolden();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everything_is_listed_and_whole() {
        assertThat(desk.names()).isEqualTo(NAMES);
        assertThat(desk.backups()).allSatisfy(backup -> {
            assertThat(backup.problem()).isEmpty();
            assertThat(backup.state()).isEqualTo("checked");
            assertThat(backup.format()).contains("chunked");
            assertThat(backup.tags()).isEqualTo(Map.of("golden", "1"));
        });
        for (String name : NAMES) {
            assertThat(desk.verify(name, Depth.QUICK).state()).isEqualTo(VerifyResult.State.LOOKED_AT);
            VerifyResult verdict = desk.verify(name, Depth.FULL);
            assertThat(verdict.problem()).isNull();
            assertThat(verdict.state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(verdict.rows()).isEqualTo(name.equals("third") ? 1860 : 1780);
            assertThat(desk.verify(name, Depth.RESTORE).state()).isEqualTo(VerifyResult.State.PROVEN);
        }
    }

    @Test
    void everything_is_restored_as_it_was() {
        for (String name : NAMES) {
            try (var copy = copy()) {
                assertThat(desk.restore(name, copy, false).missing()).isEmpty();
                assertThat(contentsOf(copy)).isEqualTo(CONTENTS.get(name));
                assertThat(copy.ask("select md5(lo_get(4711))"))
                        .isEqualTo(copy.ask("select md5(decode(repeat(md5('blob'), 300), 'hex'))"));
                assertThat(copy.count("big_orders")).isPositive();
            }
        }
    }

    @Test
    void a_new_backup_beside_them_and_a_sweep_leave_them_as_they_are() {
        database.execute("create table later as select n from generate_series(1, 100) n");
        String later = desk.backup().name();
        desk.cleanAndSweep();
        assertThat(desk.names()).hasSize(4).contains(later);
        desk.everythingIsGood();
        desk.remove(List.of(desk.find("second")));
        desk.remove(List.of(desk.find("first")));
        desk.cleanAndSweep();
        desk.everythingIsGood();
        try (var copy = copy()) {
            desk.restore("third", copy, false);
            assertThat(contentsOf(copy)).isEqualTo(CONTENTS.get("third"));
        }
    }

    /** What each pack holds is known, so it is known what must be said when it is lost. */
    @Test
    void a_lost_pack_costs_only_the_tables_whose_chunks_it_holds_and_verify_names_them() throws IOException {
        List<Path> packs = desk.files("packs");
        assertThat(packs).hasSize(3);
        Map<String, Map<String, String>> atStake = new TreeMap<>();
        for (Path pack : packs) {
            byte[] bytes = Files.readAllBytes(pack);
            Files.delete(pack);
            Map<String, String> said = new TreeMap<>();
            for (String name : NAMES) {
                said.put(name, loss(desk.verify(name, Depth.FULL).problem()));
            }
            atStake.put(String.valueOf(pack.getFileName()).substring(0, 2), said);
            Files.write(pack, bytes);
        }
        String list = "the list of what it holds";
        assertThat(atStake)
                .isEqualTo(Map.of(
                        "5b",
                        Map.of(
                                "first", list,
                                "second", "its schema, 280 rows of public.customers, public.found, public.odd name",
                                "third", "its schema, 50 rows of public.odd name"),
                        "e4",
                        Map.of("first", "", "second", list, "third", "1,500 rows of public.orders"),
                        "56",
                        Map.of("first", "", "second", "", "third", list)));
    }

    private static String loss(@Nullable String problem) {
        return Pattern.compile(
                        "its schema|the list of what it holds|[\\d,]+ rows of (?:(?!in blocks|cannot).)*(?= cannot)")
                .matcher(problem == null ? "" : problem)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining(", "));
    }

    @Forms(
            value = {"FLIPPED", "DUPLICATED"},
            campaign = {"TRUNCATED", "EMPTY", "LOST", "SWAPPED"})
    void whatever_a_disk_says_of_a_pack_no_wrong_row_comes_back(Lie lie) throws IOException {
        for (Path pack : desk.files("packs")) {
            lie.tell(pack, desk.files("packs"), random);
            List<String> damaged = eachIsRightOrRefused(Campaign.LONG ? NAMES : List.of(any(NAMES)));
            assertThat(damaged.isEmpty())
                    .as(lie + " of " + pack + " damages " + damaged)
                    .isEqualTo(lie == Lie.DUPLICATED);
            copyGolden();
        }
    }

    @Forms(
            value = {"FLIPPED", "LOST"},
            campaign = {"TRUNCATED", "EMPTY", "DUPLICATED", "SWAPPED"})
    void whatever_a_disk_says_of_an_index_nothing_is_lost(Lie lie) throws IOException {
        for (Path index : desk.files("index")) {
            lie.tell(index, desk.files("index"), random);
            // Packs tell what they hold.
            assertThat(eachIsRightOrRefused(Campaign.LONG ? NAMES : List.of(any(NAMES))))
                    .as(lie + " of " + index)
                    .isEmpty();
            desk.cleanAndSweep();
            desk.everythingIsGood();
            copyGolden();
        }
    }

    @Test
    void without_any_index_everything_is_found_in_the_packs() throws IOException {
        for (Path index : desk.files("index")) {
            Files.delete(index);
        }
        assertThat(eachIsRightOrRefused(NAMES)).isEmpty();
    }

    @Test
    void what_a_damaged_pack_costs_comes_back_with_the_next_backup_where_it_is_still_in_the_database()
            throws IOException {
        try (var copy = copy()) {
            desk.restore("third", copy, false);
            var living = new Desk(copy, folder, Clock.systemUTC());
            String before = living.backup().name();
            Path big = desk.files("packs").stream()
                    .max(java.util.Comparator.comparingLong(
                            file -> file.toFile().length()))
                    .orElseThrow();
            Files.delete(big);
            List<String> hit = damagedOf(living.names());
            assertThat(hit).contains("first");
            String after = living.backup().name();
            assertThat(desk.verify(after, Depth.FULL).state()).isEqualTo(VerifyResult.State.CHECKED);
            assertThat(desk.verify(before, Depth.FULL).state()).isEqualTo(VerifyResult.State.CHECKED);
        }
    }

    /**
     * The backups that verify calls damaged; all others are restored too, and are as they were. What is left of the
     * damaged ones is taken with {@code --skip-damaged}, and only what is reported is missing.
     */
    private List<String> eachIsRightOrRefused(List<String> restored) {
        List<String> damaged = damagedOf(NAMES);
        for (String name : restored) {
            try (var copy = copy()) {
                if (damaged.contains(name)) {
                    assertRefused(name, copy);
                    takeWhatIsLeft(name, copy);
                } else {
                    assertThat(desk.restore(name, copy, false).missing()).isEmpty();
                    assertThat(contentsOf(copy)).as(name).isEqualTo(CONTENTS.get(name));
                }
            }
        }
        return damaged;
    }

    private List<String> damagedOf(List<String> names) {
        List<String> damaged = new ArrayList<>();
        for (String name : names) {
            VerifyResult verdict = desk.verify(name, Depth.FULL);
            if (verdict.state() == VerifyResult.State.DAMAGED) {
                assertThat(verdict.problem())
                        .containsAnyOf("rows of public.", "row of public.", "its schema", "the list of what it holds");
                damaged.add(name);
            }
        }
        return damaged;
    }

    private void assertRefused(String name, TestDatabase copy) {
        assertThatThrownBy(() -> desk.restore(name, copy, false))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED));
        assertThat(copy.server().hasDatabase(copy.name())).isFalse();
    }

    private void takeWhatIsLeft(String name, TestDatabase copy) {
        List<MissingRows> missing;
        try {
            missing = desk.restore(name, copy, true).missing();
        } catch (PgkeepException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
            assertThat(e.getMessage()).containsAnyOf("its schema", "the list of what it holds");
            return;
        }
        assertThat(missing).isNotEmpty();
        Map<String, Long> lost = missing.stream()
                .collect(Collectors.groupingBy(
                        each -> each.table().toString(), Collectors.summingLong(MissingRows::rows)));
        Map<String, String> found = contentsOf(copy);
        Objects.requireNonNull(CONTENTS.get(name)).forEach((table, content) -> {
            if (lost.containsKey(table)) {
                assertThat(rows(Objects.requireNonNull(found.get(table))) + lost.get(table))
                        .isEqualTo(rows(content));
            } else {
                assertThat(found.get(table)).as(table).isEqualTo(content);
            }
        });
    }

    private static long rows(String content) {
        return Long.parseLong(content.substring(0, content.indexOf(' ')));
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private TestDatabase copy() {
        return database.server().databaseToBe(database.server().uniqueName("golden_copy"));
    }

    private void copyGolden() throws IOException {
        Path root = folder.resolve("backups");
        try (Stream<Path> old = Files.exists(root) ? Files.walk(root) : Stream.empty()) {
            for (Path each : old.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        try (var tree = Files.walk(GOLDEN)) {
            for (Path each : tree.toList()) {
                Files.copy(each, root.resolve(GOLDEN.relativize(each).toString()));
            }
        }
    }

    private static Map<String, String> contents(String customers, String orders, String found) {
        return Map.of(CUSTOMERS, customers, ORDERS, orders, FOUND, found, ODD, "50 2aea36ef8bb270bcd87c1ff8ef1d0e3a");
    }

    private static Map<String, String> contentsOf(TestDatabase database) {
        Map<String, String> contents = new TreeMap<>();
        for (String table : List.of(CUSTOMERS, ORDERS, ODD, FOUND)) {
            contents.put(table, database.ask("""
                    select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text collate "C")), '')
                    from public."%s" t""".formatted(table.substring("public.".length()))));
        }
        return contents;
    }
}
