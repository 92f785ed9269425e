package dev.pgkeep.operation.cleanup;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.postgres.relations.ForeignKey;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.Relations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells what stands in the way of taking a deletion back, and what else happens with it; pure. */
final class CleanupCheck {
    /** The number of rows from which looking through a whole table for each deleted row is worth a word. */
    private static final long LARGE = 10_000;

    private final Relations relations;
    private final Collection<Relation> meant;
    private final Collection<Relation> going;
    private final Collection<ForeignKey> changing;
    private final Map<ForeignKey, Long> orphans;

    /**
     * A check.
     *
     * @param meant the tables that rules name
     * @param going the tables of which rows go
     * @param changing the foreign keys that change rows
     * @param orphans how many of the rows that go violate a foreign key
     */
    CleanupCheck(
            Relations relations,
            Collection<Relation> meant,
            Collection<Relation> going,
            Collection<ForeignKey> changing,
            Map<ForeignKey, Long> orphans) {
        this.relations = relations;
        this.meant = meant;
        this.going = going;
        this.changing = changing;
        this.orphans = orphans;
    }

    List<String> obstacles() {
        List<String> found = new ArrayList<>();
        for (Relation relation : going) {
            if (relation.hasRules()) {
                found.add("rules rewrite what is done to " + relation.shown()
                        + ", so nobody knows what deleting from it does");
            }
            relations.foreignKeys().stream()
                    .filter(key -> key.temporal() && (key.parent() == relation.oid() || key.child() == relation.oid()))
                    .forEach(key -> found.add("the foreign key " + key.name()
                            + " is about periods of time, which cleanup does not understand yet"));
        }
        changing.forEach(key -> change(key, found));
        orphans.forEach((key, count) -> found.add(Sizes.count(count, "row") + " of "
                + relations.of(key.child()).shown() + " violate the foreign key " + key.name()
                + " already, so nobody could put them back while it is there"));
        return found;
    }

    private void change(ForeignKey key, List<String> found) {
        Relation child = relations.of(key.child());
        String what = "deleting would " + key.onDelete().text() + " " + child.shown() + "."
                + String.join(", ", key.sets()) + " (" + key.name() + "), and ";
        if (child.key().isEmpty()) {
            found.add(what + child.shown() + " has no primary key by which these rows could be found again");
        } else if (key.sets().stream().anyMatch(child.keyColumns()::contains)) {
            found.add(what + "that is part of the key by which these rows would be found again");
        }
        relations.foreignKeys().stream()
                .filter(other -> other.parent() == child.oid()
                        && other.parentColumns().stream().anyMatch(key.sets()::contains))
                .forEach(other -> found.add(
                        what + relations.of(other.child()).shown() + " refers to that (" + other.name() + ")"));
    }

    List<String> warnings() {
        List<String> found = new ArrayList<>();
        meant.stream().filter(each -> !each.heirs().isEmpty()).forEach(each -> found.add(ownRowsOnly(each)));
        for (Relation relation : going) {
            triggers(relation, "delete", "deleting from", found);
        }
        changing.stream()
                .map(key -> relations.of(key.child()))
                .distinct()
                .forEach(relation -> triggers(relation, "update", "changing rows of", found));
        for (ForeignKey key : relations.foreignKeys()) {
            Relation child = relations.of(key.child());
            boolean concerned = going.stream().anyMatch(each -> each.oid() == key.parent());
            if (concerned && !key.indexed() && child.estimatedRows() >= LARGE) {
                found.add("no index begins with " + child.shown() + " (" + String.join(", ", key.columns())
                        + "): the server reads all of it (about " + Sizes.count(child.estimatedRows(), "row")
                        + ") for each row of " + relations.of(key.parent()).shown() + " that goes");
            }
        }
        return found;
    }

    private static String ownRowsOnly(Relation relation) {
        return "only the own rows of " + relation.shown() + " are meant, not those of the tables that inherit from it ("
                + String.join(", ", relation.heirs()) + "): name these too if you mean them";
    }

    private static void triggers(Relation relation, String event, String doing, List<String> found) {
        List<Relation.Trigger> triggers = relation.triggersOn(event);
        if (!triggers.isEmpty()) {
            found.add(doing + " " + relation.shown() + " runs "
                    + triggers.stream().map(Relation.Trigger::name).collect(Collectors.joining(", "))
                    + ": what triggers do is neither shown here nor taken back (--triggers off has them rest)");
        }
    }
}
