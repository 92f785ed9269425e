package dev.pgkeep.operation.refresh.masking;

import java.util.Optional;

/** Whether a mask can be put on a column. */
record ColumnCheck(ColumnShape column) {
    /** The number of characters at which a million different values would hardly stay different. */
    private static final int SHORT_HASH = 10;

    /** The problem of a mask with this column, to be read after the column's name. */
    Optional<String> problem(Mask mask) {
        if (column.computed()) {
            return Optional.of("is computed by the server: mask what it is computed from");
        }
        return switch (mask) {
            case Mask.Keep keep -> Optional.empty();
            case Mask.Expression expression -> Optional.empty();
            case Mask.Null nothing -> when(column.notNull(), "may not be NULL: take a constant, hash or SQL");
            case Mask.Constant constant ->
                when(column.unique(), "is unique and cannot have one value in all rows: take hash or SQL")
                        .or(() -> when(
                                constant.value()
                                                .codePointCount(
                                                        0, constant.value().length())
                                        > column.limit().orElse(Integer.MAX_VALUE),
                                "takes " + column.limit().orElse(0) + " characters: the constant is longer"));
            case Mask.Hash hash -> hash();
            case Mask.Email email -> email();
        };
    }

    private Optional<String> hash() {
        return switch (column.family()) {
            case OTHER -> Optional.of("is of type " + column.type() + ", which no hash fits: take SQL");
            case INTEGER, SMALLINT ->
                when(column.unique(), "is unique, and hashes of a small number can be the same: take SQL");
            case TEXT, CITEXT ->
                when(
                        column.unique() && MaskSql.hashLength(column) < SHORT_HASH,
                        "is unique, and too short for hashes that are: take SQL");
            case UUID, BIGINT, BYTEA -> Optional.empty();
        };
    }

    private Optional<String> email() {
        if (!column.family().isText()) {
            return Optional.of("is of type " + column.type() + ", which holds no e-mail address: take hash or SQL");
        }
        return when(
                MaskSql.localPart(column) < MaskSql.LEAST_LOCAL_PART,
                "takes " + column.limit().orElse(0) + " characters, too few for an e-mail address: take hash");
    }

    private static Optional<String> when(boolean wrong, String text) {
        return wrong ? Optional.of(text) : Optional.empty();
    }
}
