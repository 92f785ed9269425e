package dev.pgkeep.postgres.relations;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Sql;
import java.util.List;
import java.util.Optional;

/**
 * A table that holds rows: an ordinary one, or a partitioned one with all its partitions.
 *
 * @param columns in the order of the table
 * @param key columns that tell rows apart: the primary key, else a unique index without nulls; empty where there is
 *     none
 * @param uniques columns of each unique index, that of the key included; indexes of a part of the rows and of
 *     expressions left out
 * @param triggers those of users, which are not switched off
 * @param estimatedRows as the server believes; negative when it does not know
 * @param hasRules whether rules rewrite what is done to it
 * @param heirs names of the tables that inherit from it and are no partitions; their rows are not rows of this one
 */
public record Relation(
        long oid,
        TableName name,
        boolean partitioned,
        List<Column> columns,
        Optional<Unique> key,
        List<Unique> uniques,
        List<Trigger> triggers,
        long estimatedRows,
        boolean hasRules,
        List<String> heirs) {

    /**
     * @param type as SQL spells it, with its modifiers
     * @param alwaysIdentity whether the server generates its values, so that an update cannot set it
     * @param generated whether the server computes it, so that nobody else can set it
     * @param defaultExpression what an insert without it gets
     * @param othersDefault whether the default calls functions of roles that could not act as the one that is connected
     */
    public record Column(
            String name,
            String type,
            boolean notNull,
            boolean alwaysIdentity,
            boolean generated,
            Optional<String> defaultExpression,
            boolean othersDefault) {}

    /** @param events some of {@code insert}, {@code update}, {@code delete}, {@code truncate} */
    public record Trigger(String name, List<String> events) {}

    /** Names of the columns that tell rows apart; empty where nothing does. */
    public List<String> keyColumns() {
        return key.map(Unique::columns).orElse(List.of());
    }

    /** Columns that can be written. */
    public List<Column> stored() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }

    public Optional<Column> column(String columnName) {
        return columns.stream().filter(each -> each.name().equals(columnName)).findFirst();
    }

    /** The table as it stands in FROM: only its own rows. */
    public String from() {
        return (partitioned ? "" : "ONLY ") + quoted();
    }

    public String quoted() {
        return Sql.identifier(name.schema(), name.name());
    }

    /** The name for people: without {@code public}. */
    public String shown() {
        return shown(name);
    }

    /** A name for people: without {@code public}. */
    public static String shown(TableName name) {
        return name.schema().equals("public") ? name.name() : name.toString();
    }

    public List<Trigger> triggersOn(String event) {
        return triggers.stream().filter(each -> each.events().contains(event)).toList();
    }
}
