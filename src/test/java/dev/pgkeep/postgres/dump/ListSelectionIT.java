package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables whose names begin like those of others, with everything that hangs on them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ListSelectionIT {
    private static final String ROLES =
            "CREATE ROLE archive; CREATE ROLE \"archive of\"; CREATE ROLE \"odd ö\"\"\nrole\"";
    private static final String DROP_ROLES =
            "DROP ROLE IF EXISTS archive; DROP ROLE IF EXISTS \"archive of\"; DROP ROLE IF EXISTS \"odd ö\"\"\nrole\"";
    /** Every table gets the same parts; {@code %s} is its name as an identifier, {@code %o} its owner's. */
    private static final String PARTS = """
            CREATE TABLE %s (id serial PRIMARY KEY, "a b" int GENERATED ALWAYS AS IDENTITY,
                other int, note text DEFAULT 'x');
            ALTER TABLE %s ADD CONSTRAINT "archive c" CHECK (other > 0) NOT VALID;
            ALTER TABLE %s OWNER TO %o;
            CREATE INDEX ON %s (other) WHERE f(other) > 1;
            CREATE TRIGGER "archive trg" BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION t();
            CREATE RULE "archive rule" AS ON DELETE TO %s DO NOTHING;
            CREATE POLICY "archive policy" ON %s USING (true);
            ALTER TABLE %s ENABLE ROW LEVEL SECURITY;
            COMMENT ON TABLE %s IS 'c'; COMMENT ON COLUMN %s.note IS 'c';
            GRANT SELECT ON %s TO PUBLIC;
            CREATE STATISTICS "archive stat %n" ON id, other FROM %s;
            INSERT INTO %s (other) VALUES (1), (2);
            """;
    /** Where they are, as identifiers; and whose. */
    private static final List<List<String>> TABLES = List.of(
            List.of("public.orders", "archive"),
            List.of("public.\"orders archive\"", "\"archive of\""),
            List.of("public.\"orders archive of\"", "archive"),
            List.of("public.archive", "\"odd ö\"\"\nrole\""),
            List.of("\"public orders\".orders", "archive"),
            List.of("public.\"it's \"\"ö\"\"\n; x\"", "archive"));
    /** The same by their exact names, and as patterns. */
    private static final List<TableName> NAMES = List.of(
            new TableName("public", "orders"),
            new TableName("public", "orders archive"),
            new TableName("public", "orders archive of"),
            new TableName("public", "archive"),
            new TableName("public orders", "orders"),
            new TableName("public", "it's \"ö\"\n; x"));
    /** What one of those tables has, by the types of its entries. */
    private static final List<String> ENTRIES = List.of(
            "ACL",
            "CHECK CONSTRAINT",
            "COMMENT",
            "COMMENT",
            "CONSTRAINT",
            "DEFAULT",
            "INDEX",
            "POLICY",
            "ROW SECURITY",
            "RULE",
            "SEQUENCE",
            "SEQUENCE",
            "SEQUENCE OWNED BY",
            "SEQUENCE SET",
            "SEQUENCE SET",
            "STATISTICS",
            "TABLE",
            "TABLE DATA",
            "TRIGGER");

    private final TestServer server = PostgresServers.any();
    private TestDatabase database = server.databaseToBe("none");

    @TempDir
    private Path folder;

    @BeforeAll
    void fill() {
        server.execute(DROP_ROLES);
        server.execute(ROLES);
        database = server.database();
        database.execute("CREATE SCHEMA \"public orders\"; CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS"
                + " 'SELECT $1'; CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
        for (List<String> table : TABLES) {
            database.execute(PARTS.replace("%s", table.get(0))
                    .replace("%o", table.get(1))
                    .replace("%n", String.valueOf(TABLES.indexOf(table))));
        }
        database.execute("ALTER TABLE public.\"orders archive\" ADD CONSTRAINT \"of fk\" FOREIGN KEY (other)"
                + " REFERENCES public.orders; ALTER TABLE public.orders ADD CONSTRAINT \"archive of fk\""
                + " FOREIGN KEY (other) REFERENCES public.\"orders archive\"");
    }

    @AfterAll
    void drop() {
        database.close();
        server.execute(DROP_ROLES);
    }

    static Stream<ClientSet> clients() {
        return PostgresClients.tools().sets().stream();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void a_table_comes_with_its_own_parts_and_nobody_elses(ClientSet tools) {
        for (String format : List.of("-Fc", "-Fd", "-Ft")) {
            var listing = list(tools, format);
            for (TableName name : NAMES) {
                var chosen = ListSelection.choose(listing, List.of(pattern(name)), List.of(), false);
                assertThat(chosen)
                        .as(tools.version() + " " + format + " " + name)
                        .extracting(ArchiveListing.Entry::type)
                        .filteredOn(type -> !type.equals("FK CONSTRAINT") && !type.equals("STATISTICS DATA"))
                        .containsExactlyInAnyOrderElementsOf(ENTRIES);
                assertThat(chosen)
                        .filteredOn(entry -> entry.table().isPresent())
                        .allMatch(entry -> entry.table().get().equals(name));
            }
        }
    }

    @Test
    void a_foreign_key_belongs_to_the_table_that_has_it() {
        var listing = list(newest(), "-Fc");
        assertThat(foreignKeys(listing, 0)).containsExactly("orders archive of fk");
        assertThat(listing.ofType("FK CONSTRAINT")).hasSize(2);
        assertThat(ListSelection.choose(listing, List.of(pattern(NAMES.get(0))), List.of(), false))
                .filteredOn(entry -> entry.type().equals("FK CONSTRAINT"))
                .extracting(ArchiveListing.Entry::table)
                .containsExactly(Optional.of(NAMES.get(0)));
        assertThat(foreignKeys(listing, 1)).containsExactly("orders archive of fk");
        assertThat(foreignKeys(listing, 2)).isEmpty();
    }

    @Test
    void a_schema_is_its_own_and_not_one_whose_name_begins_like_it() {
        var listing = list(newest(), "-Fc");
        var chosen = ListSelection.choose(listing, List.of(), List.of(NamePattern.of("public")), false);
        assertThat(chosen)
                .filteredOn(entry -> entry.type().equals("TABLE DATA"))
                .hasSize(5);
        assertThat(chosen).noneMatch(entry -> entry.schema().equals("public orders"));
        assertThat(ListSelection.choose(listing, List.of(), List.of(NamePattern.of("\"public orders\"")), false))
                .filteredOn(
                        entry -> entry.type().equals("SCHEMA") || entry.type().equals("TABLE DATA"))
                .extracting(ArchiveListing.Entry::name)
                .containsExactly("public orders", "orders");
    }

    @Test
    void rows_that_were_dumped_alone_do_not_bring_rows_of_others() {
        var dump = Archives.dump(database, newest(), folder.resolve("rows.dump"), "-Fc", "--data-only");
        var listing = new DumpReader(newest(), new Cancellation()).list(dump);
        assertThat(ListSelection.choose(listing, List.of(pattern(NAMES.get(1))), List.of(), false))
                .filteredOn(entry -> entry.type().equals("TABLE DATA"))
                .extracting(ArchiveListing.Entry::named)
                .containsExactly(NAMES.get(1));
    }

    @Test
    void names_and_owners_are_read_as_the_catalog_has_them() {
        for (String encoding : List.of("UTF8", "LATIN1")) {
            var dump = Archives.dump(database, newest(), folder.resolve(encoding), "-Fc", "--encoding=" + encoding);
            var listing = new DumpReader(newest(), new Cancellation()).list(dump);
            assertThat(listing.ofType("TABLE"))
                    .extracting(ArchiveListing.Entry::named)
                    .containsExactlyInAnyOrderElementsOf(NAMES);
            assertThat(listing.ofType("TABLE"))
                    .extracting(ArchiveListing.Entry::owner)
                    .contains("archive of", "odd ö\"\nrole");
            assertThat(listing.database()).contains(database.name());
            assertThat(listing.dumpVersion().orElseThrow())
                    .startsWith(newest().version().majorText());
        }
    }

    @Test
    void what_pg_restore_prints_is_understood_as_well_as_it_can_be() {
        var listing = ListedText.parse(List.of(
                ";     dbname: shop",
                ";     Dumped from database version: 15.18",
                "215; 1259 16386 TABLE public orders app",
                "216; 0 16386 TABLE DATA public orders app",
                ";\tdepends on: 215",
                "217; 2606 16390 FK CONSTRAINT public orders orders_fk app",
                "5; 2615 2200 SCHEMA - public pg_database_owner"));
        assertThat(listing.database()).contains("shop");
        assertThat(ListSelection.choose(listing, List.of(NamePattern.of("orders")), List.of(), true))
                .extracting(ArchiveListing.Entry::line)
                .containsExactly("215;", "216;", "217;", "5;");
        assertThat(listing.entries().getLast().owner()).isEqualTo("pg_database_owner");
    }

    private static List<String> foreignKeys(ArchiveListing listing, int table) {
        return ListSelection.choose(listing, List.of(pattern(NAMES.get(table))), List.of(), false).stream()
                .filter(entry -> entry.type().equals("FK CONSTRAINT"))
                .map(ArchiveListing.Entry::name)
                .toList();
    }

    private ArchiveListing list(ClientSet tools, String format) {
        Path path = folder.resolve(tools.version() + format);
        DumpFile dump =
                path.toFile().exists() ? DumpFile.recognise(path) : Archives.dump(database, tools, path, format);
        return new DumpReader(tools, new Cancellation()).list(dump);
    }

    private static ClientSet newest() {
        return PostgresClients.tools().sets().getFirst();
    }

    private static NamePattern pattern(TableName name) {
        return NamePattern.of("\"" + name.schema().replace("\"", "\"\"") + "\".\""
                + name.name().replace("\"", "\"\"") + "\"");
    }
}
