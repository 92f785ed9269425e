package dev.pgkeep.postgres.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VouchedTypesTest {
    @ParameterizedTest
    @ValueSource(strings = {"int4", "text", "jsonb", "timestamptz", "numeric", "tsquery", "xml", "money", "pg_lsn"})
    void types_that_print_by_their_values_alone_are_vouched_for(String name) {
        assertThat(VouchedTypes.isOne(type(name, "b", true, ""))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "regclass",
                "regproc",
                "regprocedure",
                "regoper",
                "regoperator",
                "regtype",
                "regrole",
                "regnamespace",
                "regconfig",
                "regdictionary",
                "regcollation",
                "aclitem",
                "pg_node_tree",
                "gtsvector",
                "pg_ndistinct"
            })
    void types_that_print_names_out_of_the_catalogs_are_not(String name) {
        assertThat(VouchedTypes.isOne(type(name, "b", true, ""))).isFalse();
    }

    @Test
    void a_type_of_the_same_name_that_somebody_made_is_not() {
        assertThat(VouchedTypes.isOne(type("int4", "b", false, ""))).isFalse();
        assertThat(VouchedTypes.isOne(type("hstore", "b", false, ""))).isFalse();
        assertThat(VouchedTypes.isOne(type("hstore", "b", false, "another"))).isFalse();
        assertThat(VouchedTypes.isOne(type("ghstore", "b", false, "hstore"))).isFalse();
        assertThat(VouchedTypes.isOne(type("hstore", "b", false, "hstore"))).isTrue();
    }

    @Test
    void what_is_made_of_others_is_as_good_as_they_are() {
        for (String kind : List.of("e", "d", "r", "m", "c")) {
            assertThat(VouchedTypes.isOne(type("mine", kind, false, ""))).isTrue();
        }
        assertThat(VouchedTypes.isOne(new UsedType(1, "_mine", "b", false, "", true, "", List.of(2L))))
                .isTrue();
    }

    @Test
    void a_type_that_is_not_known_or_a_pseudo_type_is_not() {
        assertThat(VouchedTypes.isOne(UsedType.unknown(4711))).isFalse();
        assertThat(VouchedTypes.isOne(type("record", "p", true, ""))).isFalse();
    }

    private static UsedType type(String name, String kind, boolean builtIn, String extension) {
        return new UsedType(1, name, kind, builtIn, extension, false, "", List.of());
    }
}
