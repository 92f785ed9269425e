package dev.pgkeep.postgres.relations;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Words;
import dev.pgkeep.format.manifest.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every table of a database and every foreign key between them.
 *
 * @param all ordered by name
 */
public record Relations(List<Relation> all, List<ForeignKey> foreignKeys) {
    public Relations {
        Map<Long, Relation> known = all.stream().collect(Collectors.toMap(Relation::oid, Function.identity()));
        all = List.copyOf(all);
        foreignKeys = foreignKeys.stream()
                .filter(key -> known.containsKey(key.child()) && known.containsKey(key.parent()))
                .toList();
    }

    public Relation of(long oid) {
        return all.stream()
                .filter(each -> each.oid() == oid)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table " + oid));
    }

    public Optional<Relation> of(TableName name) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * The table that somebody means: {@code orders}, {@code shop.orders}, or a name with dots as it is.
     *
     * @throws PgkeepException OBJECT_MISSING when there is none, or when several schemas have one of that name
     */
    public Relation named(String text) {
        List<Relation> found = all.stream()
                .filter(each -> each.name().name().equals(text)
                        || each.name().toString().equals(text))
                .toList();
        if (found.size() > 1) {
            Optional<Relation> inPublic = found.stream()
                    .filter(each -> each.name().schema().equals("public"))
                    .findFirst();
            return inPublic.orElseThrow(() -> new PgkeepException(
                    ErrorCode.OBJECT_MISSING,
                    "several tables are called " + text + ": "
                            + found.stream().map(each -> each.name().toString()).collect(Collectors.joining(", ")),
                    "name the schema too"));
        }
        return found.stream().findFirst().orElseThrow(() -> missing(text));
    }

    private PgkeepException missing(String text) {
        List<String> names = all.stream().map(Relation::shown).toList();
        return new PgkeepException(
                ErrorCode.OBJECT_MISSING,
                "there is no table " + text + " in the database",
                Words.nearest(text, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("a partition or a view cannot be named here; pgkeep db lists databases"));
    }
}
