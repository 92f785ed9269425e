package dev.pgkeep.operation.refresh.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.refresh.masking.ColumnShape.Family;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MaskPlanTest {
    private static final TableName USERS = new TableName("public", "users");
    private static final TableName ORDERS = new TableName("public", "orders");

    @Test
    void one_statement_masks_all_columns_of_a_table() {
        var plan = plan(
                false,
                table(USERS, text("email"), text("name"), text("note"), column("token", Family.UUID)),
                rule("users", "email", new Mask.Email()),
                rule("users", "name", new Mask.Hash()),
                rule("users", "note", new Mask.Constant("it's \\ gone")),
                rule("users", "token", new Mask.Null()));
        assertThat(MaskSql.update(plan.tables().getFirst()))
                .isEqualTo("UPDATE ONLY \"public\".\"users\" SET"
                        + " \"email\" = pg_temp.pgkeep_email(\"email\"::pg_catalog.text, 20),"
                        + " \"name\" = pg_temp.pgkeep_hash(\"name\"::pg_catalog.text, 24),"
                        + " \"note\" = E'it''s \\\\ gone',"
                        + " \"token\" = NULL");
        assertThat(plan.columns()).isEqualTo(4);
    }

    @Test
    void the_rule_that_names_a_column_most_exactly_counts() {
        var plan = plan(
                false,
                table(USERS, text("email"), text("name")),
                rule("*", "*", new Mask.Null()),
                rule("*", "email", new Mask.Hash()),
                rule("users", "*", new Mask.Keep()),
                rule("public.users", "name", new Mask.Email()),
                rule("users", "name", new Mask.Hash()));
        assertThat(plan.tables().getFirst().columns().values()).containsExactly(new Mask.Email());
    }

    @Test
    void of_two_equally_exact_rules_the_earlier_one_counts() {
        var plan = plan(
                false,
                table(USERS, text("name")),
                rule("users", "name", new Mask.Hash()),
                rule("users", "name", new Mask.Null()));
        assertThat(plan.tables().getFirst().columns().values()).containsExactly(new Mask.Hash());
    }

    @Test
    void partitions_go_with_their_whole_and_heirs_by_themselves() {
        TableName part = new TableName("public", "users_1");
        TableName heir = new TableName("public", "heirs");
        var rules = new MaskRules(List.of(rule("users", "name", new Mask.Hash())), true);
        var plan = MaskPlan.of(
                rules,
                new DatabaseShape(
                        List.of(
                                new TableShape(USERS, true, Optional.empty(), List.of(), List.of(text("name"))),
                                new TableShape(part, false, Optional.of(USERS), List.of(), List.of(text("name"))),
                                new TableShape(heir, false, Optional.empty(), List.of(USERS), List.of(text("name")))),
                        List.of()));
        assertThat(plan.tables()).extracting(MaskedTable::name).containsExactly(USERS, heir);
        assertThat(MaskSql.update(plan.tables().getFirst())).startsWith("UPDATE \"public\".\"users\" ");
        assertThat(MaskSql.update(plan.tables().getLast())).startsWith("UPDATE ONLY \"public\".\"heirs\" ");
    }

    @Test
    void both_sides_of_a_foreign_key_are_masked_alike() {
        var key = new ForeignKey(
                "fk", ORDERS, List.of("mail"), USERS, List.of("email"), "FOREIGN KEY …", Optional.of("why"));
        var shape = new DatabaseShape(List.of(table(USERS, text("email")), table(ORDERS, text("mail"))), List.of(key));
        var both = List.of(rule("users", "email", new Mask.Hash()), rule("orders", "mail", new Mask.Hash()));
        assertThat(MaskPlan.of(new MaskRules(both, false), shape).foreignKeys()).containsExactly(key);
        assertThat(MaskSql.create(key))
                .containsExactly(
                        "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"fk\" FOREIGN KEY …",
                        "COMMENT ON CONSTRAINT \"fk\" ON \"public\".\"orders\" IS 'why'");
        for (var wrong : List.of(
                List.of(both.getFirst()),
                List.of(both.getLast()),
                List.of(both.getFirst(), rule("orders", "mail", new Mask.Email())))) {
            assertThatThrownBy(() -> MaskPlan.of(new MaskRules(wrong, false), shape))
                    .hasMessageContaining("public.orders.mail")
                    .hasMessageContaining("refers to public.users.email");
        }
        var cut = List.of(both.getFirst(), rule("orders", "mail", new Mask.Null()));
        assertThat(MaskPlan.of(new MaskRules(cut, false), shape).foreignKeys()).containsExactly(key);
    }

    @Test
    void strict_rules_leave_no_text_without_a_rule() {
        var computed = new ColumnShape("lowered", "text", Family.TEXT, Optional.empty(), true, false, true, false);
        assertThatThrownBy(() -> plan(
                        true,
                        table(USERS, text("email"), text("name"), computed, column("id", Family.BIGINT)),
                        rule("users", "email", new Mask.Keep())))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MASKING_INCOMPLETE))
                .hasMessageContaining("public.users.name (text)")
                .hasMessageNotContaining("email")
                .hasMessageNotContaining("lowered")
                .hasMessageNotContaining("users.id");
    }

    @Test
    void a_pattern_that_matches_nothing_is_only_odd() {
        var plan = plan(false, table(USERS, text("email")), rule("*", "phone*", new Mask.Null()));
        assertThat(plan.tables()).isEmpty();
        assertThat(plan.notes()).containsExactly("rules line 1: nothing matches *.phone*");
    }

    @Test
    void short_columns_take_short_hashes_and_no_addresses() {
        var shortText = new ColumnShape("code", "varchar(16)", Family.TEXT, Optional.of(16), true, false, false, false);
        assertThat(MaskSql.update(plan(false, table(USERS, shortText), rule("users", "code", new Mask.Hash()))
                        .tables()
                        .getFirst()))
                .endsWith("pgkeep_hash(\"code\"::pg_catalog.text, 16)");
        assertThatThrownBy(() -> plan(false, table(USERS, shortText), rule("users", "code", new Mask.Email())))
                .hasMessageContaining("takes 16 characters, too few for an e-mail address");
    }

    private static MaskPlan plan(boolean strict, TableShape table, MaskRule... rules) {
        return MaskPlan.of(new MaskRules(List.of(rules), strict), new DatabaseShape(List.of(table), List.of()));
    }

    private static MaskRule rule(String table, String column, Mask mask) {
        return new MaskRule(table, column, mask, "rules line 1");
    }

    private static TableShape table(TableName name, ColumnShape... columns) {
        return new TableShape(name, false, Optional.empty(), List.of(), List.of(columns));
    }

    private static ColumnShape text(String name) {
        return new ColumnShape(name, "text", Family.TEXT, Optional.empty(), true, false, false, false);
    }

    private static ColumnShape column(String name, Family family) {
        return new ColumnShape(name, "some", family, Optional.empty(), false, false, false, false);
    }
}
