package dev.pgkeep.operation.restore.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.dump.DumpContents;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of others that hold only a part of a database, held against what the target holds. */
final class ForeignPartTest {
    private static final String USERS = "CREATE TABLE public.users (id int);\nCOPY public.users FROM stdin;\n1\n\\.\n";

    @TempDir
    Path folder;

    @Test
    void a_dump_without_rows_is_a_part() throws IOException {
        String schema = "CREATE TABLE public.users (id int);\n";
        for (String script : List.of(
                schema,
                schema + "COPY public.users FROM stdin;\n\\.\n",
                // structure.sql of Rails, with what its migrations are
                schema + "SET search_path TO \"$user\", public;\nINSERT INTO \"schema_migrations\" (version) VALUES\n"
                        + "('20260101'),\n('20260102');\n"
                        + "INSERT INTO public.ar_internal_metadata VALUES ('environment', 'test');\n")) {
            assertPart(script, "the schema without rows", "public.users");
        }
    }

    @Test
    void a_dump_that_lacks_a_schema_or_half_of_the_tables_is_a_part() throws IOException {
        assertPart(USERS, "without audit.log, which holds rows here", "audit.log", "public.users", "public.users");
        assertPart(
                USERS,
                "without public.a, public.b, public.c, public.d, public.e and 1 more, which hold rows here",
                "public.a",
                "public.b",
                "public.c",
                "public.d",
                "public.e",
                "public.f",
                "public.users");
        String unplaced = USERS.replace("public.", "");
        assertPart(unplaced, "without public.orders", "public.users", "public.orders");
    }

    @Test
    void a_dump_that_is_older_than_a_table_is_none_and_what_goes_is_told() throws IOException {
        String two = USERS + USERS.replace("users", "orders");
        assertThat(judge(two, "public.users", "public.orders", "public.fresh"))
                .containsExactly(
                        Finding.note("not in the dump, and gone afterwards: 1 table with rows: public.fresh", ""));
        assertThat(judge(two, "public.users", "public.orders")).isEmpty();
        assertThat(judge(two.replace("public.", ""), "public.users", "public.orders"))
                .isEmpty();
        assertThat(judge("CREATE TABLE public.users (id int);\n")).isEmpty();
        String search = "SET search_path = public, pg_catalog;\n" + two.replace("public.", "");
        assertThat(judge(search, "public.users", "public.orders")).isEmpty();
    }

    private void assertPart(String script, String what, String... filled) throws IOException {
        assertThat(judge(script, filled)).as(script).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isTrue();
            assertThat(finding.text())
                    .contains("holds only a part of its database (" + what)
                    .endsWith("would be gone");
            assertThat(finding.hint()).contains("--allow-partial");
        });
    }

    private List<Finding> judge(String script, String... filled) throws IOException {
        PreflightSubject subject = MadeSubject.in(RestoreMode.REPLACE)
                .foreign()
                .over("UTF8", 3, 100)
                .made();
        Set<TableName> tables = Arrays.stream(filled)
                .map(name -> new TableName(name.split("\\.")[0], name.split("\\.")[1]))
                .collect(Collectors.toSet());
        return new ForeignPart(subject, new Connector()).judge(contents(script), tables);
    }

    private DumpContents contents(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("dump.sql"), script);
        return new DumpReader(
                        () -> {
                            throw new AssertionError("no program reads a script");
                        },
                        new Cancellation())
                .scan(DumpFile.recognise(file), Progress.SILENT);
    }
}
