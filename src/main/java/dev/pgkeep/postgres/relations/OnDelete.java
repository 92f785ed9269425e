package dev.pgkeep.postgres.relations;

/** The action of the server on rows that refer to a deleted one. */
public enum OnDelete {
    NO_ACTION("no action"),
    RESTRICT("restrict"),
    CASCADE("cascade"),
    SET_NULL("set null"),
    SET_DEFAULT("set default");

    private final String text;

    OnDelete(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** Whether rows that refer to it stay, with other values in the columns of the foreign key. */
    public boolean keepsRows() {
        return this == SET_NULL || this == SET_DEFAULT;
    }

    static OnDelete of(String letter) {
        return switch (letter) {
            case "r" -> RESTRICT;
            case "c" -> CASCADE;
            case "n" -> SET_NULL;
            case "d" -> SET_DEFAULT;
            default -> NO_ACTION;
        };
    }
}
