package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The search path that a script sets openly, for the names that it writes without a schema: pg_dump did so until 9.6.8,
 * below a {@code SET search_path = schema, pg_catalog}. Where the path has several schemas, only the server knows which
 * one is meant.
 */
final class SearchPath {
    private Optional<String> only = Optional.empty();

    /** Takes the beginning of a statement, without comments before it. */
    void follow(String statement) {
        SqlWords words = new SqlWords(statement, true).next();
        if (words.isWord("set")) {
            set(words.next());
        } else if (words.isWord("select")) {
            setConfig(words.next());
        } else if (words.isWord("reset") || words.isWord("discard")) {
            words.next();
            if (words.isWord("all") || words.isWord("search_path")) {
                only = Optional.empty();
            }
        }
    }

    /** A name with the schema that it means, as far as that can be told. */
    TableName place(TableName table) {
        return table.schema().isEmpty() && only.isPresent() ? new TableName(only.get(), table.name()) : table;
    }

    private void set(SqlWords words) {
        boolean local = words.isWord("local");
        if (local || words.isWord("session")) {
            words.next();
        }
        if (words.isWord("schema")) {
            only = local ? Optional.empty() : single(words.next());
        } else if (words.isWord("search_path")) {
            boolean given = words.next().isWord("to") || words.isSymbol('=');
            only = local || !given ? Optional.empty() : single(words.next());
        }
    }

    private void setConfig(SqlWords words) {
        if (words.isWord("pg_catalog") && words.next().isSymbol('.')) {
            words.next();
        }
        if (words.isWord("set_config")
                && words.next().isSymbol('(')
                && words.next().kind() == SqlWords.Kind.STRING
                && words.word().equals("search_path")
                && words.next().isSymbol(',')
                && words.next().kind() == SqlWords.Kind.STRING) {
            only = single(new SqlWords(words.word(), true).next());
        }
    }

    /** The only schema of a list beside the system's own. */
    private static Optional<String> single(SqlWords words) {
        List<String> schemas = new ArrayList<>();
        while (words.isName() || words.kind() == SqlWords.Kind.STRING) {
            if (!words.word().equals("pg_catalog")) {
                schemas.add(words.word());
            }
            if (!words.next().isSymbol(',')) {
                break;
            }
            words.next();
        }
        return Optional.of(schemas)
                .filter(each -> each.size() == 1)
                .map(List::getFirst)
                .filter(schema -> !schema.isEmpty() && !schema.equals("$user"));
    }
}
