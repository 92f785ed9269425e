package dev.pgkeep.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Values of hundreds of megabytes, however small they are on disk, pass through a process that has no room for them.
 */
final class WideRowMemoryIT {
    @Test
    void huge_values_pass_through_a_small_heap() throws Exception {
        try (TestDatabase database = PostgresServers.any().database("wide")) {
            database.execute("""
                    create table texts (id int, v text);
                    insert into texts select 1, repeat('x', 200000000);
                    create table blobs (id int, v bytea);
                    alter table blobs alter v set storage external;
                    insert into blobs select 1, convert_to(repeat('0123456789', 20000000), 'UTF8');
                    create table documents (id int, v jsonb);
                    insert into documents select 1, jsonb_build_object('k', repeat('y', 100000000));
                    create table lists (id int, v int[]);
                    insert into lists select 1, array_fill(7, array[10000000]);
                    create type pair as (x int, y text);
                    create table texted (id int, p pair);
                    insert into texted select 1, row(1, repeat('z', 100000000))::pair;
                    insert into texts select i, 'narrow' from generate_series(2, 1000) i""");
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
