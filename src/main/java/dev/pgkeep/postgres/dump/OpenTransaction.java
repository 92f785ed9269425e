package dev.pgkeep.postgres.dump;

/** Follows a script's statements and tells whether they stand in a transaction of the script's own. */
final class OpenTransaction {
    private boolean open;

    boolean isOpen() {
        return open;
    }

    /** @param head the statement's beginning, from its first word on */
    void statement(String head) {
        // Standard or not: none of these statements has a string before the word that decides.
        SqlWords words = new SqlWords(head, true).next();
        if (words.kind() != SqlWords.Kind.WORD) {
            return;
        }
        switch (words.word()) {
            case "begin", "start" -> open = true;
            case "commit", "end", "rollback", "abort" -> open &= goesOn(words.next());
            case "prepare" -> open &= !words.next().isWord("transaction");
            default -> {}
        }
    }

    /** Whether a transaction is open as before, after {@code COMMIT} or {@code ROLLBACK} and what follows them. */
    private static boolean goesOn(SqlWords words) {
        if (words.isWord("work") || words.isWord("transaction")) {
            words.next();
        }
        // To a savepoint, or of another transaction, which was prepared.
        return words.isWord("to")
                || words.isWord("prepared")
                || words.isWord("and") && words.next().isWord("chain");
    }
}
