package dev.pgkeep.operation.backup;

import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.Workbench;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IncrementalIT {
    @TempDir
    private Path folder;

    @Test
    void the_same_rows_in_another_order_are_not_taken_for_each_other_later() {
        try (TestDatabase shop = PostgresServers.any().database()) {
            var bench = Workbench.of(folder, shop);
            shop.execute(
                    "CREATE TABLE t (id int, v text) WITH (autovacuum_enabled = off); INSERT INTO t SELECT i, md5(i::text) FROM generate_series(1, 40) i");
            bench.backup();
            shop.execute("WITH d AS (DELETE FROM t RETURNING *) INSERT INTO t SELECT * FROM d ORDER BY id DESC");
            System.out.println(shop.column("SELECT ctid || ' ' || id FROM t"));
            System.out.println(
                    StoredRows.compare(bench.pgkeep().repository().chunks().store(), bench.backup(), bench.target()));
            shop.execute("DELETE FROM t WHERE id = 5");
            Manifest third = bench.backup(BackupRequest.of(Kind.MANUAL));
            System.out.println(shop.column("SELECT ctid || ' ' || id FROM t"));
            System.out.println(
                    StoredRows.compare(bench.pgkeep().repository().chunks().store(), third, bench.target()));
            System.out.println(third.tables());
            System.out.println(third.copies());
        }
    }
}
