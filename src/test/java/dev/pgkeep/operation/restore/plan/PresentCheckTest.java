package dev.pgkeep.operation.restore.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.plan.PresentCheck.Present;
import dev.pgkeep.postgres.catalog.TableDependency;
import dev.pgkeep.postgres.connect.Connector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tables and schemas that are there already when they are to be added. */
final class PresentCheckTest {
    private static final TableName USERS = new TableName("public", "users");
    private static final TableName ORDERS = new TableName("public", "orders");
    private static final TableDependency KEY = new TableDependency(ORDERS, true, "foreign key fk", USERS, true);

    @Test
    void what_is_there_is_told_with_the_ways_around_it() {
        assertThat(judge(false, new Present(Set.of(USERS), Set.of(), Set.of()), List.of()))
                .containsExactly(Finding.blocking(
                        "in shop there is already public.users",
                        "put the rows alone into what is there: --data-only --truncate; or replace it: --clean"));
        assertThat(judge(false, new Present(Set.of(USERS), Set.of(), Set.of()), List.of(KEY)))
                .containsExactly(Finding.blocking(
                        "in shop there is already public.users, and others depend on it: foreign key fk of public.orders",
                        "put the rows alone into what is there: --data-only --truncate; or restore it beside: --to NAME"
                                + " --create-db"));
        assertThat(judge(false, new Present(Set.of(), Set.of(USERS), Set.of("audit")), List.of()))
                .containsExactly(Finding.blocking(
                        "in shop there is already public.users, the schema audit", "replace it: --clean"));
    }

    @Test
    void it_is_replaced_only_where_nothing_depends_on_it_but_what_is_replaced_too() {
        assertThat(judge(true, new Present(Set.of(USERS), Set.of(), Set.of()), List.of()))
                .isEmpty();
        assertThat(judge(true, new Present(Set.of(USERS, ORDERS), Set.of(), Set.of()), List.of(KEY)))
                .isEmpty();
        assertThat(judge(true, new Present(Set.of(USERS), Set.of(), Set.of()), List.of(KEY)))
                .containsExactly(Finding.blocking(
                        "public.users cannot be replaced, since others depend on it that are not asked for: foreign key"
                                + " fk of public.orders",
                        "put the rows alone into what is there: --data-only --truncate instead of --clean; or choose"
                                + " these, too, or drop them first"));
        assertThat(judge(true, new Present(Set.of(), Set.of(), Set.of("public2")), List.of(KEY)))
                .isEmpty();
    }

    @Test
    void a_schema_is_not_replaced_over_tables_that_the_backup_does_not_have() {
        var check = new PresentCheck(subject(true), new Connector());
        assertThat(check.judge(
                        new Present(Set.of(), Set.of(), Set.of("audit")),
                        List.of(),
                        Set.of(new TableName("audit", "fresh"), USERS)))
                .singleElement()
                .extracting(Finding::text)
                .isEqualTo("the schema audit cannot be replaced, since others depend on it that are not asked for:"
                        + " table audit.fresh");
    }

    private static List<Finding> judge(boolean clean, Present present, List<TableDependency> dependencies) {
        return new PresentCheck(subject(clean), new Connector()).judge(present, dependencies, Set.of());
    }

    private static PreflightSubject subject(boolean clean) {
        return MadeSubject.in(RestoreMode.ADD)
                .wanting(request -> clean ? request.with(RestoreOption.CLEAN) : request)
                .made();
    }
}
