package dev.pgkeep.postgres.schema;

/** The kinds of object that a schema is made of, in the order in which differences are told. */
public enum ObjectKind {
    SCHEMA("schema", "schemas"),
    EXTENSION("extension", "extensions"),
    TYPE("type", "types"),
    SEQUENCE("sequence", "sequences"),
    TABLE("table", "tables"),
    COLUMN("column", "columns"),
    CONSTRAINT("constraint", "constraints"),
    INDEX("index", "indexes"),
    VIEW("view", "views"),
    FUNCTION("function", "functions"),
    TRIGGER("trigger", "triggers"),
    POLICY("policy", "policies"),
    RULE("rule", "rules"),
    /** Owner and rights of a table, view, sequence, function or schema. */
    RIGHTS("rights", "rights");

    private final String word;
    private final String many;

    ObjectKind(String word, String many) {
        this.word = word;
        this.many = many;
    }

    /** The kind for people: {@code table}. */
    public String word() {
        return word;
    }

    /** {@code 1 index}, {@code 2 indexes}. */
    public String count(long number) {
        return number + " " + (number == 1 ? word : many);
    }

    /** Name of the {@code .sql} file that reads them. */
    String file() {
        return many;
    }
}
