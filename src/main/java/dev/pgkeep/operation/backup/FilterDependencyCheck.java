package dev.pgkeep.operation.backup;

import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.TableDependency;
import dev.pgkeep.postgres.dump.NamePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds what filters leave out although something that is kept needs it: such a dump cannot be loaded by itself. */
final class FilterDependencyCheck {
    private static final int NAMED = 5;

    private final Filters filters;
    private final List<NamePattern> tables;
    private final List<NamePattern> excludedTables;
    private final List<NamePattern> excludedData;
    private final List<NamePattern> schemas;
    private final List<NamePattern> excludedSchemas;

    FilterDependencyCheck(Filters filters) {
        this.filters = filters;
        this.tables = patterns(filters.tables());
        this.excludedTables = patterns(filters.excludedTables());
        this.excludedData = patterns(filters.excludedTableData());
        this.schemas = patterns(filters.schemas());
        this.excludedSchemas = patterns(filters.excludedSchemas());
    }

    /** A warning for each table that is missed; rows alone ({@link Content#DATA}) need nothing. */
    List<String> warnings(Content content, List<TableDependency> dependencies) {
        if (filters.isEmpty() || content == Content.DATA) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>();
        byNeeded(
                        dependencies,
                        each -> keeps(each.needing(), each.needingVisible())
                                && !keeps(each.needed(), each.neededVisible()))
                .forEach((needed, names) -> warnings.add(needed + " is left out, but needed by " + names
                        + ": this backup can only be loaded where it is there already"));
        if (content == Content.ALL) {
            byNeeded(dependencies, this::missesRows)
                    .forEach((needed, names) -> warnings.add("the rows of " + needed + " are left out, but needed by "
                            + names + ": this backup can be loaded without that foreign key only"));
        }
        return warnings;
    }

    private boolean missesRows(TableDependency each) {
        return each.isForeignKey()
                && keeps(each.needing(), each.needingVisible())
                && keeps(each.needed(), each.neededVisible())
                && matches(excludedData, each.needed(), each.neededVisible())
                && !matches(excludedData, each.needing(), each.needingVisible());
    }

    private static Map<TableName, String> byNeeded(
            List<TableDependency> dependencies, Predicate<TableDependency> fits) {
        Map<TableName, List<String>> names = dependencies.stream()
                .filter(fits)
                .collect(Collectors.groupingBy(
                        TableDependency::needed,
                        TreeMap::new,
                        Collectors.mapping(each -> each.needing() + " (" + each.what() + ")", Collectors.toList())));
        Map<TableName, String> lists = new TreeMap<>();
        names.forEach((needed, all) -> lists.put(
                needed,
                all.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "")));
        return lists;
    }

    /** Whether pg_dump keeps a table, as it decides: chosen tables come whatever their schema is. */
    private boolean keeps(TableName table, boolean visible) {
        if (matches(excludedTables, table, visible)) {
            return false;
        }
        if (!tables.isEmpty()) {
            return matches(tables, table, visible);
        }
        return (schemas.isEmpty() || matchesSchema(schemas, table)) && !matchesSchema(excludedSchemas, table);
    }

    private static boolean matches(List<NamePattern> patterns, TableName table, boolean visible) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(table) && (visible || pattern.namesSchema()));
    }

    private static boolean matchesSchema(List<NamePattern> patterns, TableName table) {
        return patterns.stream().anyMatch(pattern -> pattern.matchesName(table.schema()));
    }

    private static List<NamePattern> patterns(List<String> texts) {
        return texts.stream().map(NamePattern::of).toList();
    }
}
