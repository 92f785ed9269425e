package dev.pgkeep.operation.refresh.masking;

import java.util.Optional;

/** The treatment of the values of a column. NULL stays NULL, except with {@link Constant} and {@link Expression}. */
public sealed interface Mask {
    /** Leaves the values as they are: the column holds nothing that has to be hidden. */
    record Keep() implements Mask {}

    /** NULL instead of every value. */
    record Null() implements Mask {}

    /** One value for all rows, as SQL reads it for the column's type. */
    record Constant(String value) implements Mask {}

    /** A keyed hash of the value. */
    record Hash() implements Mask {}

    /** A keyed hash in the form of an e-mail address at example.com. */
    record Email() implements Mask {}

    /** Whatever SQL says; the other columns of the row may be used. */
    record Expression(String sql) implements Mask {}

    /** The mask that can be written as one word; empty for any other word. */
    static Optional<Mask> ofWord(String word) {
        return switch (word) {
            case "keep" -> Optional.of(new Keep());
            case "null" -> Optional.of(new Null());
            case "hash" -> Optional.of(new Hash());
            case "email" -> Optional.of(new Email());
            default -> Optional.empty();
        };
    }

    /** The mask in a word, for people. */
    default String word() {
        return switch (this) {
            case Keep keep -> "keep";
            case Null nothing -> "null";
            case Constant constant -> "constant";
            case Hash hash -> "hash";
            case Email email -> "email";
            case Expression expression -> "sql";
        };
    }
}
