package dev.pgkeep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Holds the table of packages, {@code packages.txt} among the resources of the tests: which package uses which, no more
 * and no less. So every new edge is a decision: change the table in the same commit.
 */
final class ArchitectureTest {
    private static final String ROOT = "dev.pgkeep";

    /** The folders, from the top down. */
    private static final List<String> FLOORS =
            List.of("Main", "cli", "app", "operation", "repository", "postgres", "format", "base");

    /** What only the root package, {@code app} and {@code cli} may touch; everybody else is given values. */
    private static final Pattern AMBIENT = Pattern.compile("""
            java\\.lang\\.System\\.(out|err|in|(getenv|console|currentTimeMillis|setOut|setErr)\\(.*)\
            |java\\.lang\\.ProcessHandle\\.current\\(\\)\
            |java\\.time\\.\\w+\\.now\\((java\\.time\\.ZoneId)?\\)\
            |java\\.time\\.Clock\\.(system|tick)\\w*\\((java\\.time\\.ZoneId)?\\)\
            |java\\.util\\.Date\\.<init>\\(\\)""");

    private static final Pattern WORKING_FOLDER =
            Pattern.compile("\"user\\.dir\"|(Path\\.of|Paths\\.get|new File)\\(\"(\\.?)\"\\)");

    private static final List<String> OUTSIDE = List.of("Main", "app", "cli", "cli.render");

    private static final Pattern NAME_THAT_SAYS_NOTHING =
            Pattern.compile("(Abstract|Base)[A-Z].*|.*(Helper|Manager|Util|Utils|Impl)");

    /** What a run needs comes as one value, {@code RunContext}. */
    private static final int MOST_PARAMETERS = 6;

    /** Those that still want more, to become fewer. */
    private static final Set<String> WITH_MORE_PARAMETERS = Set.of("Dump", "RowsDump");

    private static final Pattern GENERATED = Pattern.compile(".*(JsonAdapter|JsonComponent)\\.class");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ArchitectureTest::isWrittenByHand)
            .importPackages(ROOT);

    @Test
    void the_classes_of_the_product_are_seen_at_all() {
        assertThat(CLASSES.contain("dev.pgkeep.Main")).isTrue();
        assertThat(CLASSES.contain("dev.pgkeep.base.error.PgkeepException")).isTrue();
        assertThat(CLASSES.contain("dev.pgkeep.ArchitectureTest")).isFalse();
    }

    @Test
    void packages_use_what_the_table_says_and_nothing_else() throws IOException {
        String today = tableOfToday();
        Files.writeString(Path.of("target", "packages.txt"), today);
        assertThat(today).as("as it is today: target/packages.txt").isEqualTo(table());
    }

    @Test
    void folders_use_those_below_them_and_none_above() {
        var upwards = CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> isOurs(use.getTargetClass().getBaseComponentType()))
                .filter(use -> floor(use.getTargetClass().getBaseComponentType()) < floor(use.getOriginClass()))
                .map(use -> use.getDescription())
                .collect(toCollection(TreeSet::new));
        assertThat(upwards).isEmpty();
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
    void nothing_wants_more_than_six_things_to_be_made() {
        var greedy = CLASSES.stream()
                .filter(type -> !type.isRecord() && !type.isEnum())
                .filter(type -> packageOf(type).matches("(operation|app)(\\..*)?"))
                .flatMap(type -> type.getConstructors().stream())
                .filter(constructor -> constructor.getRawParameterTypes().size() > MOST_PARAMETERS)
                .map(constructor -> constructor.getOwner().getSimpleName())
                .collect(toCollection(TreeSet::new));
        assertThat(greedy).isEqualTo(WITH_MORE_PARAMETERS);
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

    private static String table() throws IOException {
        return Files.readString(Path.of("src/test/resources/dev/pgkeep/packages.txt"));
    }

    private static String tableOfToday() {
        var table = new TreeMap<String, TreeMap<String, TreeSet<String>>>();
        for (var type : CLASSES) {
            String from = packageOf(type);
            table.putIfAbsent(from, new TreeMap<>());
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var used = dependency.getTargetClass().getBaseComponentType();
                if (isOurs(used) && !from.equals(packageOf(used))) {
                    String to = packageOf(used);
                    table.get(from)
                            .computeIfAbsent(folderOf(to), folder -> new TreeSet<>())
                            .add(to.contains(".") ? to.substring(to.indexOf('.') + 1) : ".");
                }
            }
        }
        var text = new StringBuilder();
        table.forEach((from, folders) -> {
            text.append(from).append('\n');
            folders.forEach((folder, names) ->
                    text.append("    %-11s %s\n".formatted(folder, String.join(" ", names))));
        });
        return text.toString();
    }

    private static int floor(JavaClass type) {
        String folder = folderOf(packageOf(type));
        assertThat(FLOORS).contains(folder);
        return FLOORS.indexOf(folder);
    }

    private static String folderOf(String name) {
        return name.replaceFirst("\\..*", "");
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
