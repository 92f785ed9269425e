package dev.pgkeep.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Values that are larger than the whole heap, however small they are on disk, pass through a process. 500 MB of text
 * and of bytes in the long form.
 */
final class WideRowMemoryIT {
    private static final int BYTES = Campaign.of(100, 500) * 1_000_000;
    private static final int OTHERS = Campaign.of(50, 100) * 1_000_000;

    @Test
    void huge_values_pass_through_a_small_heap() throws Exception {
        try (TestDatabase database = PostgresServers.any().database("wide")) {
            database.execute("""
                    create table texts (id int, v text);
                    insert into texts select 1, repeat('x', %1$d);
                    create table blobs (id int, v bytea);
                    alter table blobs alter v set storage external;
                    insert into blobs select 1, convert_to(repeat('0123456789', %1$d / 10), 'UTF8');
                    create table documents (id int, v jsonb);
                    insert into documents select 1, jsonb_build_object('k', repeat('y', %2$d));
                    create table lists (id int, v int[]);
                    insert into lists select 1, array_fill(7, array[%2$d / 10]);
                    create type pair as (x int, y text);
                    create table texted (id int, p pair);
                    insert into texted select 1, row(1, repeat('z', %2$d))::pair;
                    insert into texts select i, 'narrow' from generate_series(2, 1000) i""".formatted(BYTES, OTHERS));
            assertThat(read(database))
                    .contains("public.blobs 1 ", "public.documents 1 ", "public.lists 1 ", "public.texted 1 ")
                    .contains("public.texts 1000 ");
        }
    }

    private static String read(TestDatabase database) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx80m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        database.url()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
