package dev.pgkeep.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.EverythingDatabase;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class SchemaReaderIT {
    private static final String SHOP = """
            create table customers (id bigint primary key, email text not null unique);
            create table orders (
                id bigint generated always as identity primary key,
                customer_id bigint references customers,
                total numeric(8, 2) default 0 check (total >= 0));
            create index orders_by_customer on orders (customer_id);
            create view open_orders as select * from orders;
            """;

    @Test
    void every_kind_of_change_is_told_once_and_in_words() {
        try (TestDatabase database = PostgresServers.any().database()) {
            database.execute(SHOP);
            Schema before = read(database);
            assertThat(read(database)).isEqualTo(before);

            database.execute("""
                    drop view open_orders;
                    alter table orders alter total type numeric(10, 2), alter customer_id set not null,
                        add column note text not null default 'none';
                    drop index orders_by_customer;
                    create index orders_by_total on orders (total);
                    alter table customers drop constraint customers_email_key;
                    create table refunds (id bigint primary key, order_id bigint references orders, why text);
                    create index on refunds (order_id);
                    create function twice(n integer) returns integer language sql as 'select n * 2';
                    create type mood as enum ('good', 'bad');
                    grant select on customers to public;
                    """);

            SchemaDifference difference = SchemaDifference.between(before, read(database));
            assertThat(difference.changes().stream().map(SchemaChange::describe))
                    .containsExactlyInAnyOrder(
                            "type public.mood added: kind enum, values 'good', 'bad'",
                            "table public.refunds added: 3 columns, 2 constraints, 1 index",
                            "column public.orders.note added: text not null default 'none'::text",
                            "column public.orders.customer_id changed: nullable yes → no",
                            "column public.orders.total changed: type numeric(8,2) → numeric(10,2)",
                            "constraint public.customers.customers_email_key removed: UNIQUE (email)",
                            "index public.orders.orders_by_customer removed: CREATE INDEX orders_by_customer ON"
                                    + " public.orders USING btree (customer_id)",
                            "index public.orders.orders_by_total added: CREATE INDEX orders_by_total ON"
                                    + " public.orders USING btree (total)",
                            "view public.open_orders removed",
                            "function public.twice(n integer) added",
                            difference.changes().getLast().describe());
            assertThat(difference.changes().getLast().describe()).startsWith("rights public.customers changed: rights");
            assertThat(difference.describe())
                    .isEqualTo("1 type, 1 table, 1 column, 1 index and 1 function added, 1 constraint, 1 index and"
                            + " 1 view removed, 2 columns and 1 rights changed");
        }
    }

    @EachServerVersion
    void a_database_with_everything_in_it_is_read_the_same_twice(TestServer server) throws SQLException {
        try (TestDatabase database = server.database();
                var connection = database.connect()) {
            EverythingDatabase.ofSuperuser().fill(connection);
            Schema schema = read(database);
            assertThat(SchemaDifference.between(schema, read(database))).isEqualTo(SchemaDifference.NONE);
            assertThat(schema.objects()).isNotEmpty();
            assertThat(SchemaDifference.between(Schema.EMPTY, schema).changes()).isNotEmpty();
        }
    }

    private static Schema read(TestDatabase database) {
        try (var connection = database.connect()) {
            return SchemaReader.read(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
