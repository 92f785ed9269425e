package dev.pgkeep.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LibpqEnvironmentTest {
    private static Target target(String text) {
        return TargetReader.read(text, Map.of(), Path.of("/nowhere"), "--url").target();
    }

    @Test
    void a_child_gets_everything_it_needs_to_reach_the_same_database() {
        assertThat(target("postgres://app:s3cret@[::1]:6000/my%20shop?sslmode=require&options=-c%20x%3Dy")
                        .libpqEnvironment()
                        .set())
                .isEqualTo(Map.of(
                        "PGHOST", "::1",
                        "PGPORT", "6000",
                        "PGDATABASE", "my shop",
                        "PGUSER", "app",
                        "PGPASSWORD", "s3cret",
                        "PGSSLMODE", "require",
                        "PGOPTIONS", "-c x=y"));
    }

    @Test
    void a_child_does_not_inherit_what_would_lead_it_elsewhere() {
        var environment = new HashMap<>(Map.of(
                "PATH", "/bin",
                "PGHOST", "wrong",
                "PGHOSTADDR", "10.0.0.1",
                "PGSERVICE", "wrong",
                "PGPASSWORD", "wrong",
                "PGSSLMODE", "disable",
                "PGOPTIONS", "-c wrong=1",
                "PGCLIENTENCODING", "latin1",
                "PGDATESTYLE", "German"));
        target("postgres://app@db/shop").libpqEnvironment().applyTo(environment);
        assertThat(environment)
                .isEqualTo(Map.of(
                        "PATH", "/bin", "PGHOST", "db", "PGPORT", "5432", "PGDATABASE", "shop", "PGUSER", "app"));
    }

    @Test
    void several_hosts_and_addresses_stay_in_step() {
        var target = new Target(
                List.of(new Endpoint("a", 1, Optional.of("10.0.0.1")), new Endpoint("b", 2)),
                "shop",
                "app",
                Optional.empty(),
                Map.of(),
                "test");
        assertThat(target.libpqEnvironment().set())
                .containsEntry("PGHOST", "a,b")
                .containsEntry("PGPORT", "1,2")
                .containsEntry("PGHOSTADDR", "10.0.0.1,");
    }

    @Test
    void the_systems_certificates_are_named_by_file_for_older_clients() {
        var set = target("postgres://app@db/shop?sslrootcert=system")
                .libpqEnvironment()
                .set();
        assertThat(set.get("PGSSLROOTCERT")).matches("system|/etc/.*");
        assertThat(set).containsEntry("PGSSLMODE", "verify-full");
    }
}
