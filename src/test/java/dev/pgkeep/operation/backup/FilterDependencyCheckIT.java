package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FilterDependencyCheckIT {
    private static final List<String> NONE = List.of();

    private final TestDatabase database = PostgresServers.any().database("shop");

    @BeforeEach
    void a_shop() {
        database.execute("""
                CREATE TABLE customers (id int PRIMARY KEY, parent int REFERENCES customers);
                CREATE TABLE orders (id int PRIMARY KEY, customer int CONSTRAINT "of" REFERENCES customers);
                CREATE VIEW names AS SELECT id FROM customers;
                CREATE MATERIALIZED VIEW counts AS SELECT count(*) FROM names;
                CREATE SCHEMA log;
                CREATE TABLE log.lines (at int) PARTITION BY RANGE (at);
                CREATE TABLE log.first PARTITION OF log.lines FOR VALUES FROM (1) TO (2);
                CREATE TABLE log.customers (id int)""");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void views_and_foreign_keys_that_stay_are_named() throws SQLException {
        assertThat(warnings(without("customers")))
                .containsExactly("public.customers is left out, but needed by public.names (view), public.orders"
                        + " (foreign key of): this backup can only be loaded where it is there already");
        assertThat(warnings(new Filters(NONE, List.of("customers", "orders", "names", "counts"), NONE, NONE, NONE)))
                .isEmpty();
        assertThat(warnings(without("names"))).singleElement().asString().contains("public.counts (materialized view)");
        assertThat(warnings(without("orders"))).isEmpty();
        assertThat(warnings(Filters.NONE)).isEmpty();
    }

    @Test
    void patterns_mean_what_they_mean_to_pg_dump() throws SQLException {
        assertThat(warnings(without("log.customers"))).isEmpty();
        assertThat(warnings(without("lines"))).isEmpty();
        assertThat(warnings(without("log.l*"))).singleElement().asString().contains("log.first (partition)");
        assertThat(warnings(new Filters(List.of("orders"), NONE, NONE, List.of("nowhere"), NONE)))
                .singleElement()
                .asString()
                .startsWith("public.customers is left out, but needed by public.orders (foreign key of):");
        assertThat(warnings(new Filters(NONE, NONE, NONE, List.of("log"), NONE)))
                .isEmpty();
        assertThat(warnings(new Filters(NONE, NONE, NONE, NONE, List.of("log"))))
                .isEmpty();
    }

    @Test
    void rows_that_a_foreign_key_needs_are_missed_too() throws SQLException {
        assertThat(warnings(new Filters(NONE, NONE, List.of("customers"), NONE, NONE)))
                .singleElement()
                .asString()
                .startsWith("the rows of public.customers are left out, but needed by public.orders (foreign key of)");
        assertThat(warnings(new Filters(NONE, NONE, List.of("customers", "orders"), NONE, NONE)))
                .isEmpty();
        assertThat(new FilterDependencyCheck(without("customers")).warnings(Content.DATA, dependencies()))
                .isEmpty();
    }

    private static Filters without(String pattern) {
        return new Filters(NONE, List.of(pattern), NONE, NONE, NONE);
    }

    private List<String> warnings(Filters filters) throws SQLException {
        return new FilterDependencyCheck(filters).warnings(Content.ALL, dependencies());
    }

    private List<dev.pgkeep.postgres.catalog.TableDependency> dependencies() throws SQLException {
        try (var connection = database.connect()) {
            return new Catalog(connection).dependencies();
        }
    }
}
