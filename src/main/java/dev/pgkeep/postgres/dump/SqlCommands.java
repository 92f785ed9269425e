package dev.pgkeep.postgres.dump;

import java.util.Set;

/** The words that a statement of PostgreSQL's can begin with. What begins with another is no SQL, or not its. */
final class SqlCommands {
    private static final Set<String> WORDS = Set.of(
            "abort",
            "alter",
            "analyse",
            "analyze",
            "begin",
            "call",
            "checkpoint",
            "close",
            "cluster",
            "comment",
            "commit",
            "copy",
            "create",
            "deallocate",
            "declare",
            "delete",
            "discard",
            "do",
            "drop",
            "end",
            "execute",
            "explain",
            "fetch",
            "grant",
            "import",
            "insert",
            "listen",
            "load",
            "lock",
            "merge",
            "move",
            "notify",
            "prepare",
            "reassign",
            "refresh",
            "reindex",
            "release",
            "repack",
            "reset",
            "revoke",
            "rollback",
            "savepoint",
            "security",
            "select",
            "set",
            "show",
            "start",
            "table",
            "truncate",
            "unlisten",
            "update",
            "vacuum",
            "values",
            "wait",
            "with");

    private SqlCommands() {}

    /** Whether a text may be the beginning of a statement, comments before it left out; one without any may. */
    static boolean begin(String text) {
        SqlWords words = new SqlWords(text, true).next();
        return switch (words.kind()) {
            case END -> true;
            case WORD -> words.isWord("load") ? isLoad(words) : WORDS.contains(words.word());
            case SYMBOL -> words.isSymbol('(') || words.isSymbol(';') || words.isSymbol('\\');
            case QUOTED, STRING -> false;
        };
    }

    /** {@code Load key …} is what ssh says. */
    private static boolean isLoad(SqlWords words) {
        return words.next().kind() == SqlWords.Kind.STRING;
    }
}
