package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.catalog.TableDependency;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ListSelection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds that tables and schemas that are to be added are there already: they are replaced only where that is asked for,
 * and only where nothing else depends on them.
 */
final class PresentCheck {
    private static final int SHOWN = 5;
    private static final Set<String> RELATIONS =
            Set.of("TABLE", "FOREIGN TABLE", "VIEW", "MATERIALIZED VIEW", "SEQUENCE");
    private static final String RELATION = "SELECT to_regclass(?) IS NOT NULL";
    private static final String SCHEMA = "SELECT to_regnamespace(?) IS NOT NULL";

    /**
     * The things to add that are there already.
     *
     * @param tables tables, which have rows
     * @param others views and foreign tables, and sequences where nothing else is there that they could belong to
     * @param schemas schemas besides {@code public}, which is always there
     */
    record Present(Set<TableName> tables, Set<TableName> others, Set<String> schemas) {
        boolean isNothing() {
            return tables.isEmpty() && others.isEmpty() && schemas.isEmpty();
        }

        boolean has(TableName relation) {
            return tables.contains(relation) || others.contains(relation);
        }
    }

    private final PreflightSubject subject;
    private final Connector connector;

    PresentCheck(PreflightSubject subject, Connector connector) {
        this.subject = subject;
        this.connector = connector;
    }

    List<Finding> findings() {
        Optional<ArchiveListing> listing = subject.contents().listing();
        if (listing.isEmpty() || subject.existing().isEmpty()) {
            return List.of();
        }
        RestoreRequest request = subject.request();
        List<Entry> chosen = ListSelection.choose(listing.get(), request.tables(), request.schemas(), false);
        Target target = request.target();
        try (Connection connection = connector.open(target, "pgkeep")) {
            Present present = present(connection, chosen);
            Catalog catalog = new Catalog(connection);
            return judge(present, catalog.dependencies(), others(catalog, chosen));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the tables of " + target.database());
        }
    }

    /**
     * Judges what is there.
     *
     * @param dependencies what depends on tables of the target
     * @param others tables of the target that the backup does not bring
     */
    List<Finding> judge(Present present, Collection<TableDependency> dependencies, Set<TableName> others) {
        if (present.isNothing()) {
            return List.of();
        }
        Set<String> dependents = dependents(present, dependencies, others);
        if (!subject.request().clean()) {
            return List.of(Finding.blocking(
                    "in " + subject.database() + " there is already " + describe(present)
                            + (dependents.isEmpty() ? "" : ", and others depend on it: " + shown(dependents)),
                    rows(present, "; or ")
                            + (dependents.isEmpty()
                                    ? "replace it: --clean"
                                    : "restore it beside: --to NAME --create-db")));
        }
        return dependents.isEmpty()
                ? List.of()
                : List.of(Finding.blocking(
                        describe(present) + " cannot be replaced, since others depend on it that are not asked for: "
                                + shown(dependents),
                        rows(present, " instead of --clean; or ") + "choose these, too, or drop them first"));
    }

    private String rows(Present present, String behind) {
        return present.tables().isEmpty() || subject.request().content() == Content.SCHEMA
                ? ""
                : "put the rows alone into what is there: --data-only --truncate" + behind;
    }

    private static Set<String> dependents(
            Present present, Collection<TableDependency> dependencies, Set<TableName> others) {
        Set<String> found = new TreeSet<>();
        for (TableDependency each : dependencies) {
            boolean outside = !present.has(each.needing());
            if (outside && present.has(each.needed())) {
                found.add(
                        each.isForeignKey()
                                ? each.what() + " of " + each.needing()
                                : each.what() + " " + each.needing());
            }
        }
        others.stream()
                .filter(table -> present.schemas().contains(table.schema()))
                .forEach(table -> found.add("table " + table));
        return found;
    }

    private static Present present(Connection connection, List<Entry> chosen) throws SQLException {
        Set<TableName> tables = new TreeSet<>();
        Set<TableName> others = new TreeSet<>();
        Set<TableName> sequences = new TreeSet<>();
        Set<String> schemas = new TreeSet<>();
        try (PreparedStatement relation = connection.prepareStatement(RELATION);
                PreparedStatement schema = connection.prepareStatement(SCHEMA)) {
            for (Entry entry : chosen) {
                if (RELATIONS.contains(entry.type()) && is(relation, Sql.identifier(entry.schema(), entry.name()))) {
                    Set<TableName> kind = switch (entry.type()) {
                        case "TABLE" -> tables;
                        case "SEQUENCE" -> sequences;
                        default -> others;
                    };
                    kind.add(entry.named());
                } else if (entry.type().equals("SCHEMA")
                        && !entry.name().equals("public")
                        && is(schema, Sql.identifier(entry.name()))) {
                    schemas.add(entry.name());
                }
            }
        }
        if (tables.isEmpty() && others.isEmpty()) {
            others.addAll(sequences);
        }
        return new Present(tables, others, schemas);
    }

    private static boolean is(PreparedStatement question, String name) throws SQLException {
        question.setString(1, name);
        try (ResultSet row = question.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static Set<TableName> others(Catalog catalog, List<Entry> chosen) {
        Set<TableName> named = chosen.stream()
                .filter(entry -> RELATIONS.contains(entry.type()))
                .map(Entry::named)
                .collect(Collectors.toSet());
        return catalog.tables().stream()
                .map(table -> table.name())
                .filter(Predicate.not(named::contains))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String describe(Present present) {
        List<String> names = new ArrayList<>();
        present.tables().forEach(table -> names.add(table.toString()));
        present.others().forEach(other -> names.add(other.toString()));
        present.schemas().forEach(schema -> names.add("the schema " + schema));
        return shown(names);
    }

    private static String shown(Collection<String> names) {
        String some = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return some + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }
}
