package dev.pgkeep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Holds the table of packages. It is data: to add a package, or to let one use another, change the table here and in
 * ARCHITECTURE.md in the same commit.
 */
final class ArchitectureTest {
    private static final String ROOT = "dev.pgkeep";

    /** Package : what it may use. {@code Main} stands for the root package; capitals are the groups below. */
    private static final String TABLE = """
            Main                : cli app progress temporary files error

            cli                 : cli.output app config FEATURES ENGINE GROUND
            cli.output          : FEATURES ENGINE GROUND
            app                 : config FEATURES ENGINE GROUND
            config              : FEATURES ENGINE GROUND

            demo                : backup restore verify retention init ENGINE GROUND
            doctor              : status inspection ENGINE GROUND
            init                : ENGINE GROUND
            status              : inspection ENGINE GROUND
            inspection          : repository rows pack manifest GROUND
            verify              : restore restore.source restore.proof history ENGINE GROUND
            guard               : restore restore.source restore.proof history ENGINE GROUND
            export              : restore restore.source restore.proof ENGINE GROUND
            refresh             : refresh.remote restore restore.source restore.proof history ENGINE GROUND
            refresh.remote      : ENGINE GROUND
            reset               : restore history ENGINE GROUND
            cleanup             : rows.live history ENGINE GROUND
            diff                : rows.live restore restore.source history ENGINE GROUND
            rows.live           : restore.source history ENGINE GROUND
            restore             : restore.chunked restore.client restore.proof restore.source history ENGINE GROUND
            restore.chunked     : restore.client restore.proof restore.source ENGINE GROUND
            restore.client      : ENGINE GROUND
            restore.proof       : ENGINE GROUND
            restore.source      : ENGINE GROUND
            backup              : backup.chunked history ENGINE GROUND
            backup.chunked      : ENGINE GROUND
            retention           : history manifest repository GROUND
            history             : manifest repository postgres.connect GROUND

            command             : postgres.tools postgres.connect GROUND
            schema              : postgres.connect GROUND
            dump                : manifest postgres.tools postgres.connect GROUND
            rows                : columnar manifest GROUND
            repository          : manifest dump storage pack contents GROUND
            masking             : postgres.catalog manifest GROUND
            contents            : columnar pack manifest GROUND
            pack                : storage GROUND
            storage             : GROUND
            contents.rows       : contents columnar columnar.text pack manifest GROUND
            columnar            : GROUND
            columnar.text       : columnar GROUND

            postgres.cluster    : postgres.tools postgres.catalog postgres.connect GROUND
            postgres.migrations : postgres.catalog postgres.connect manifest GROUND
            postgres.copy       : postgres.snapshot postgres.catalog postgres.connect columnar manifest GROUND
            postgres.relations  : postgres.catalog postgres.connect manifest GROUND
            postgres.swap       : postgres.catalog postgres.connect GROUND
            postgres.snapshot   : postgres.catalog postgres.connect postgres.tools manifest GROUND
            postgres.catalog    : postgres.connect manifest GROUND
            postgres.tools      : manifest postgres.connect GROUND
            postgres.connect    : GROUND

            trust               : GROUND

            manifest            : GROUND

            progress            : units error
            temporary           : files error
            files               : error
            units               : error
            secret              :
            error               :
            """;

    private static final Map<String, String> GROUPS = Map.of(
            "FEATURES",
                    "guard cleanup diff rows.live demo doctor init status inspection verify export refresh refresh.remote reset restore restore.source restore.proof backup retention history",
            "ENGINE",
                    "trust command schema repository rows masking contents contents.rows pack storage columnar columnar.text dump manifest postgres.copy postgres.cluster postgres.migrations postgres.relations postgres.swap postgres.snapshot"
                            + " postgres.catalog postgres.tools postgres.connect",
            "GROUND", "progress temporary files units secret error");

    /** What only the root package, {@code app} and {@code cli} may touch; everybody else is given values. */
    private static final Pattern AMBIENT = Pattern.compile("""
            java\\.lang\\.System\\.(out|err|in|(getenv|console|currentTimeMillis|setOut|setErr)\\(.*)\
            |java\\.lang\\.ProcessHandle\\.current\\(\\)\
            |java\\.time\\.\\w+\\.now\\((java\\.time\\.ZoneId)?\\)\
            |java\\.time\\.Clock\\.(system|tick)\\w*\\((java\\.time\\.ZoneId)?\\)\
            |java\\.util\\.Date\\.<init>\\(\\)""");

    private static final Pattern WORKING_FOLDER =
            Pattern.compile("\"user\\.dir\"|(Path\\.of|Paths\\.get|new File)\\(\"(\\.?)\"\\)");

    private static final List<String> OUTSIDE = List.of("Main", "app", "cli", "cli.output");

    private static final Pattern NAME_THAT_SAYS_NOTHING =
            Pattern.compile("(Abstract|Base)[A-Z].*|.*(Helper|Manager|Util|Utils|Impl)");

    private static final Pattern GENERATED = Pattern.compile(".*(JsonAdapter|JsonComponent)\\.class");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ArchitectureTest::isWrittenByHand)
            .importPackages(ROOT);

    @Test
    void the_classes_of_the_product_are_seen_at_all() {
        assertThat(CLASSES.contain("dev.pgkeep.Main")).isTrue();
        assertThat(CLASSES.contain("dev.pgkeep.error.PgkeepException")).isTrue();
        assertThat(CLASSES.contain("dev.pgkeep.ArchitectureTest")).isFalse();
    }

    @Test
    void every_package_stands_in_the_table() {
        assertThat(packages()).isSubsetOf(table().keySet());
    }

    @Test
    void the_table_names_only_packages_that_it_describes() {
        var table = table();
        table.forEach((name, uses) -> assertThat(table.keySet()).as(name).containsAll(uses));
    }

    @Test
    void every_package_uses_only_what_the_table_allows() {
        var table = table();
        var trespasses = new TreeMap<String, String>();
        for (var type : CLASSES) {
            String from = packageOf(type);
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var used = dependency.getTargetClass().getBaseComponentType();
                if (isOurs(used)
                        && !from.equals(packageOf(used))
                        && !table.getOrDefault(from, Set.of()).contains(packageOf(used))) {
                    trespasses.putIfAbsent(from + " may not use " + packageOf(used), dependency.getDescription());
                }
            }
        }
        assertThat(trespasses).isEmpty();
    }

    @Test
    void packages_do_not_use_each_other_in_circles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() {
        for (var type : CLASSES) {
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                    .as("package-info.java with @NullMarked in " + type.getPackageName())
                    .isTrue();
        }
    }

    @Test
    void names_say_what_a_thing_is() {
        assertThat(CLASSES.stream().map(JavaClass::getSimpleName).filter(NAME_THAT_SAYS_NOTHING.asMatchPredicate()))
                .isEmpty();
    }

    @Test
    void only_the_command_line_knows_picocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void the_engine_is_given_its_environment_terminal_and_clock() {
        var touched = CLASSES.stream()
                .filter(type -> !OUTSIDE.contains(packageOf(type)))
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access ->
                        AMBIENT.matcher(access.getTarget().getFullName()).matches())
                .map(access -> access.getDescription())
                .collect(toCollection(TreeSet::new));
        assertThat(touched).isEmpty();
    }

    @Test
    void the_engine_is_given_its_folder() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            var sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !OUTSIDE.contains(packageOf(file)))
                    .toList();
            assertThat(sources).isNotEmpty();
            for (var source : sources) {
                assertThat(Files.readString(source)).as(source.toString()).doesNotContainPattern(WORKING_FOLDER);
            }
        }
    }

    private static Map<String, Set<String>> table() {
        var table = new TreeMap<String, Set<String>>();
        for (String line : TABLE.lines().filter(it -> !it.isBlank()).toList()) {
            List<String> sides = List.of(line.split(":", -1));
            var uses = words(sides.getLast())
                    .flatMap(word -> words(GROUPS.getOrDefault(word, word)))
                    .collect(toSet());
            table.put(sides.getFirst().strip(), uses);
        }
        return table;
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.strip().split(" +")).filter(word -> !word.isEmpty());
    }

    private static Set<String> packages() {
        return CLASSES.stream().map(ArchitectureTest::packageOf).collect(toCollection(TreeSet::new));
    }

    private static boolean isOurs(JavaClass type) {
        return (type.getPackageName() + ".").startsWith(ROOT + ".");
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "Main" : name.substring(ROOT.length() + 1);
    }

    private static String packageOf(Path source) {
        Path folder = Path.of("src/main/java/dev/pgkeep").relativize(source.resolveSibling(""));
        String name = folder.toString().replace('\\', '.').replace('/', '.');
        return name.isEmpty() ? "Main" : name;
    }

    /** avaje-jsonb generates adapters beside the records and a component that lists them. */
    private static boolean isWrittenByHand(Location location) {
        return !location.matches(GENERATED);
    }
}
