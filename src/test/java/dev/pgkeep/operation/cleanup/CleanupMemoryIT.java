package dev.pgkeep.operation.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** However many rows go and come back, the process needs no more memory for them. */
final class CleanupMemoryIT {
    private static final String SUMS = """
            select (select sum(hashtextextended(t::text, 0)) from customers t) || ' '
                || (select sum(hashtextextended(t::text, 0)) from orders t)""";

    @TempDir
    Path folder;

    /** Each customer has two orders. */
    @LongForm
    @Forms(
            value = {"500000 | 0", "100000 | 5000"},
            campaign = {})
    void all_rows_go_and_come_back_within_64_megabytes(String customers, String batch) throws Exception {
        try (TestDatabase database = PostgresServers.any().database("many")) {
            database.execute("""
                    create table customers (id int primary key, name text);
                    create table orders (
                        id int primary key, customer int not null references customers on delete cascade, note text);
                    insert into customers select n, md5(n::text) from generate_series(1, %1$s) n;
                    insert into orders select n, 1 + n %% %1$s, repeat(md5(n::text), 3)
                    from generate_series(1, 2 * %1$s) n;
                    create index on orders (customer);
                    analyze;""".formatted(customers));
            String before = database.ask(SUMS);
            int rows = 3 * Integer.parseInt(customers);
            assertThat(run(database, batch)).contains("deleted " + rows, "back " + rows);
            assertThat(database.ask(SUMS)).isEqualTo(before);
        }
    }

    private String run(TestDatabase database, String batch) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        database.url(),
                        folder.toString(),
                        batch))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
