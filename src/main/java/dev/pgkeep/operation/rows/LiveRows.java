package dev.pgkeep.operation.rows;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.rows.RowSource;
import dev.pgkeep.format.rows.Section;
import dev.pgkeep.postgres.relations.ForeignKey;
import dev.pgkeep.postgres.relations.ForeignKeyClosure;
import dev.pgkeep.postgres.relations.OnDelete;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.Relation.Column;
import dev.pgkeep.postgres.relations.RelationGraph;
import dev.pgkeep.postgres.relations.Relations;
import dev.pgkeep.postgres.relations.RowSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows that a closure found: whole ones, parents first, and then the former values of those that foreign keys change.
 */
public final class LiveRows implements RowSource {
    private final ForeignKeyClosure closure;
    private final Cancellation cancellation;
    private final Map<Section, String> queries = new LinkedHashMap<>();

    /**
     * @param tables those that have such rows
     * @param changing foreign keys that change rows
     */
    public LiveRows(
            ForeignKeyClosure closure,
            Relations relations,
            Collection<Relation> tables,
            Collection<ForeignKey> changing,
            Cancellation cancellation) {
        this.closure = closure;
        this.cancellation = cancellation;
        for (List<Relation> group :
                new RelationGraph(relations).childrenFirst(tables).reversed()) {
            group.forEach(this::add);
        }
        changing.forEach(key -> add(relations.of(key.child()), key));
    }

    private void add(Relation relation) {
        List<Column> stored = relation.stored();
        queries.put(
                new Section(relation.name(), columns(stored), relation.keyColumns(), Optional.empty()),
                "SELECT "
                        + ForeignKeyClosure.list(
                                stored.stream().map(Column::name).toList()) + closure.goneRows(relation));
    }

    private void add(Relation relation, ForeignKey key) {
        Set<String> names = new LinkedHashSet<>(relation.keyColumns());
        names.addAll(key.sets());
        List<Column> columns = relation.columns().stream()
                .filter(column -> names.contains(column.name()))
                .toList();
        Map<String, String> left = new LinkedHashMap<>();
        key.sets().forEach(name -> left.put(name, left(relation, key, name)));
        queries.put(
                new Section(
                        relation.name(),
                        columns(columns),
                        relation.keyColumns(),
                        Optional.of(new Section.Change(key.name(), key.sets(), left))),
                "SELECT "
                        + ForeignKeyClosure.list(
                                columns.stream().map(Column::name).toList()) + closure.changedRows(key));
    }

    /** The value that the foreign key's action leaves in a column, as SQL. */
    static String left(Relation relation, ForeignKey key, String column) {
        return key.onDelete() == OnDelete.SET_NULL
                ? "NULL"
                : relation.column(column).flatMap(Column::defaultExpression).orElse("NULL");
    }

    private static List<Section.Column> columns(List<Column> columns) {
        return columns.stream()
                .map(each -> new Section.Column(each.name(), each.type()))
                .toList();
    }

    @Override
    public List<Section> sections() {
        return new ArrayList<>(queries.keySet());
    }

    @Override
    public void read(Section section, Lines taker) {
        String query = queries.get(section);
        if (query == null) {
            throw new IllegalArgumentException("no such section");
        }
        RowSession session = closure.session();
        session.withExactFormat(() ->
                session.copyOut(query, "reading the rows of " + Relation.shown(section.table()), (line, length) -> {
                    cancellation.check();
                    taker.take(line, length);
                }));
    }
}
