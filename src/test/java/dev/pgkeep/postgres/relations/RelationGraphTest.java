package dev.pgkeep.postgres.relations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Children go before their parents, and circles go together. */
final class RelationGraphTest {
    @Test
    void tables_come_in_groups_children_first() {
        Relations relations =
                relations(5, List.of(new int[] {0, 1}, new int[] {1, 2}, new int[] {2, 1}, new int[] {3, 3}));
        List<List<String>> groups = names(new RelationGraph(relations).childrenFirst(relations.all()));
        assertThat(groups).contains(List.of("t1", "t2"), List.of("t0"), List.of("t3"), List.of("t4"));
        assertThat(groups.indexOf(List.of("t0"))).isLessThan(groups.indexOf(List.of("t1", "t2")));
    }

    @Test
    void rows_reach_what_refers_to_them_and_not_what_they_refer_to() {
        Relations relations = relations(4, List.of(new int[] {0, 1}, new int[] {1, 2}, new int[] {3, 2}));
        RelationGraph graph = new RelationGraph(relations);
        assertThat(graph.reachable(List.of(relations.of(1))))
                .extracting(Relation::shown)
                .containsExactly("t1", "t0");
        assertThat(graph.reachable(List.of(relations.of(2)))).hasSize(4);
    }

    @Test
    void for_every_graph_the_order_holds() {
        Random random = new Random(3);
        for (int run = 0; run < 500; run++) {
            int tables = 1 + random.nextInt(9);
            List<int[]> keys = new ArrayList<>();
            for (int i = random.nextInt(14); i > 0; i--) {
                keys.add(new int[] {random.nextInt(tables), random.nextInt(tables)});
            }
            Relations relations = relations(tables, keys);
            RelationGraph graph = new RelationGraph(relations);
            List<List<Relation>> groups = graph.childrenFirst(relations.all());
            assertThat(groups.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(relations.all());
            for (int[] key : keys) {
                assertThat(group(groups, key[0])).isLessThanOrEqualTo(group(groups, key[1]));
            }
            for (List<Relation> group : groups) {
                // In a circle each one reaches all the others.
                group.forEach(each -> assertThat(graph.reachable(List.of(each))).containsAll(group));
            }
        }
    }

    private static int group(List<List<Relation>> groups, int table) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).stream().anyMatch(each -> each.oid() == table)) {
                return i;
            }
        }
        throw new AssertionError();
    }

    private static List<List<String>> names(List<List<Relation>> groups) {
        return groups.stream()
                .map(group -> group.stream().map(Relation::shown).toList())
                .toList();
    }

    /** @param keys child and parent of each foreign key */
    private static Relations relations(int tables, List<int[]> keys) {
        List<Relation> all = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            all.add(new Relation(
                    i,
                    new TableName("public", "t" + i),
                    false,
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    0,
                    false,
                    List.of()));
        }
        List<ForeignKey> foreignKeys = keys.stream()
                .map(key -> new ForeignKey(
                        "f",
                        key[0],
                        key[1],
                        "c",
                        "p",
                        List.of("a"),
                        List.of("b"),
                        List.of("="),
                        OnDelete.NO_ACTION,
                        List.of(),
                        false,
                        true,
                        false))
                .toList();
        return new Relations(all, foreignKeys);
    }
}
