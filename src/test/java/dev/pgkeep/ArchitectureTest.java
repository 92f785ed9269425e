package dev.pgkeep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
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
import java.util.function.Predicate;
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

    private static final Pattern WRITING = Pattern.compile("""
            java\\.nio\\.file\\.Files\\.(write|create|delete|move|copy|set|new(OutputStream|ByteChannel|BufferedWriter)).*\
            |java\\.io\\.(FileWriter|RandomAccessFile)\\.<init>.*\
            |java\\.io\\.FileOutputStream\\.<init>\\(java\\.(lang\\.String|io\\.File\\b).*""");

    /** The log is the command line's own; and whose a new file is tells as whom this process runs. */
    private static final Set<String> WRITE_FILES = Set.of("LogFile", "ProcessContext");

    /** Commands for which there is nothing to operate on: the parser's own model, and the configuration. */
    private static final Set<String> WITHOUT_OPERATION = Set.of("CompletionCommand", "TrustCommand");

    /** Classes that every command uses: what they call says nothing about one of them. */
    private static final Set<String> SHARED = Set.of("Session", "GlobalOptions", "Commands", "Help", "ErrorOutput");

    private static final Pattern NAME_THAT_SAYS_NOTHING =
            Pattern.compile("(Abstract|Base)[A-Z].*|.*(Helper|Manager|Util|Utils|Impl)");

    /** What a run needs comes as one value, {@code RunContext}. */
    private static final int MOST_PARAMETERS = 6;

    /** Names that two packages have in common; no others shall come, and none of these is a model. */
    private static final List<String> SHARED_NAMES = List.of(
            "Comparison",
            "Damage",
            "Finding",
            "ForeignKey",
            "Limits",
            "Problems",
            "Relation",
            "RestoreOutcome",
            "RowChanges",
            "ScriptRows",
            "ServerSettings",
            "TableShape",
            "Words");

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
                .flatMap(type -> type.getConstructors().stream())
                .filter(constructor -> constructor.getRawParameterTypes().size() > MOST_PARAMETERS)
                .map(constructor -> constructor.getOwner().getSimpleName())
                .collect(toCollection(TreeSet::new));
        assertThat(greedy).isEmpty();
    }

    @Test
    void a_name_means_one_class() {
        var packages = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getSimpleName, TreeMap::new, counting()));
        packages.values().removeIf(count -> count == 1);
        assertThat(packages.keySet()).containsExactlyElementsOf(SHARED_NAMES);
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
    void the_command_line_asks_no_server() {
        assertThat(commandLine(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(use -> use.getTargetClass().getPackageName().equals("java.sql"))))
                .isEmpty();
    }

    @Test
    void the_command_line_writes_no_files() {
        assertThat(commandLine(type -> type.getAccessesFromSelf().stream()
                        .anyMatch(access -> WRITING.matcher(access.getTarget().getFullName())
                                .matches())))
                .containsExactlyInAnyOrderElementsOf(WRITE_FILES);
    }

    @Test
    void every_command_calls_an_operation() {
        assertThat(commandLine(type -> type.isAssignableTo(ROOT + ".cli.Action") && !type.isInterface()))
                .hasSizeGreaterThan(25);
        assertThat(commandLine(type ->
                        type.isAssignableTo(ROOT + ".cli.Action") && !type.isInterface() && !callsAnOperation(type)))
                .containsExactlyInAnyOrderElementsOf(WITHOUT_OPERATION);
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

    /** Names of those top-level classes of the command line of which it is true, or of a class inside of them. */
    private static Set<String> commandLine(Predicate<JavaClass> isSo) {
        return CLASSES.stream()
                .filter(type -> packageOf(type).startsWith("cli"))
                .filter(isSo)
                .map(type -> type.getName().replaceFirst("\\$.*", "").replaceFirst(".*\\.", ""))
                .collect(toCollection(TreeSet::new));
    }

    /** Itself, or by a class of the command line that it calls. */
    private static boolean callsAnOperation(JavaClass command) {
        return Stream.concat(
                        Stream.of(command),
                        command.getAccessesFromSelf().stream()
                                .map(access -> access.getTargetOwner())
                                .filter(type -> isOurs(type)
                                        && packageOf(type).equals("cli")
                                        && !SHARED.contains(type.getSimpleName())))
                .flatMap(type -> type.getCodeUnitCallsFromSelf().stream())
                .anyMatch(call -> isOurs(call.getTargetOwner())
                        && folderOf(packageOf(call.getTargetOwner())).equals("operation"));
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
            folders.forEach(
                    (folder, names) -> text.append("    %-11s %s\n".formatted(folder, String.join(" ", names))));
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
