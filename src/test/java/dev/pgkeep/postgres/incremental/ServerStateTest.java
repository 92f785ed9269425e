package dev.pgkeep.postgres.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Lineage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line is a server beside the backup {@code 7, 5, 15.1, 1, 0/1000, 100.5, durable, 1000}. */
final class ServerStateTest {
    private static final long XMIN = 1000;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            emptyValue = "",
            value = {
                // identity, database, version, timeline, position, started, durable, next transaction, reason
                "7, 5, 15.1, 1, 0/1000, 100.5, true, 1000, -",
                "7, 5, 15.1, 1, 0/1001, 200.5, true, 1001, -",
                "7, 5, 15.1, 1, 1/0, 100.5, true, 1073742823, -",
                "-, 5, 15.1, 1, 0/1000, 100.5, true, 1000, -",
                "8, 5, 15.1, 1, 0/1000, 100.5, true, 1000, another server",
                "7, 6, 15.1, 1, 0/1000, 100.5, true, 1000, created anew",
                "7, 5, 15.2, 1, 0/1000, 100.5, true, 1000, of version 15.1",
                "7, 5, 16.1, 1, 0/1000, 100.5, true, 1000, of version 15.1",
                "7, 5, 15.1, 2, 0/1000, 100.5, true, 1000, timeline 1",
                "7, 5, 15.1, 0, 0/1000, 100.5, true, 1000, -",
                "7, 5, 15.1, 1, 0/FFF, 100.5, true, 1000, not come as far",
                "7, 5, 15.1, 1, nonsense, 100.5, true, 1000, not come as far",
                "7, 5, 15.1, 1, 0/1000, 100.5, false, 1000, -",
                "7, 5, 15.1, 1, 0/1000, 100.6, false, 1000, does not write safely",
                "7, 5, 15.1, 1, 0/1000, 100.5, true, 999, transactions ago",
                "7, 5, 15.1, 1, 0/1000, 100.5, true, 1073742824, transactions ago",
                "7, 5, 15.1, 1, 0/1000, 100.5, true, 4294968297, transactions ago"
            })
    void a_server_is_the_one_of_a_backup_or_is_told_why_not(
            @Nullable String identity,
            long database,
            String version,
            long timeline,
            String position,
            String started,
            boolean durable,
            long next,
            @Nullable String reason) {
        ServerState server = new ServerState(
                identity, database, version, timeline, position, started, durable, timeline == 0, next, 1);
        Optional<String> said = server.differsFrom(backup("7", true));
        if (reason == null) {
            assertThat(said).isEmpty();
        } else {
            assertThat(said).hasValueSatisfying(line -> assertThat(line).contains(reason));
        }
    }

    @ParameterizedTest
    @CsvSource({"100.5, true", "100.6, false"})
    void a_backup_of_a_server_that_did_not_write_safely_is_good_until_it_is_started_anew(String started, boolean good) {
        ServerState server = new ServerState("7", 5, "15.1", 1, "0/1000", started, true, false, XMIN, 1);
        assertThat(server.differsFrom(backup("7", false)).isEmpty()).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, 7", "7, -", "-, -"})
    void an_identity_that_may_not_be_read_is_passed_over(@Nullable String then, @Nullable String now) {
        ServerState server = new ServerState(now, 5, "15.1", 1, "0/1000", "100.5", true, false, XMIN, 1);
        assertThat(server.differsFrom(backup(then, true))).isEmpty();
    }

    private static Lineage backup(@Nullable String identity, boolean durable) {
        return new Lineage(identity, 5, "15.1", 1, "0/1000", "100.5", durable, XMIN, "");
    }
}
