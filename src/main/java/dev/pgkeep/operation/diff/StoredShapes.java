package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.dump.ArchiveListing.Definition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the shapes of tables from the statements that pg_dump makes them with. */
final class StoredShapes {
    private static final String WORD = "(?:\"(?:[^\"]|\"\")*+\"|[^\\s\".,;()]++)";
    private static final Pattern CONSTRAINT = Pattern.compile(
            "\\s*ALTER TABLE (?:ONLY )?" + WORD + "\\." + WORD + "\\s+ADD CONSTRAINT " + WORD + " (.*?);\\s*",
            Pattern.DOTALL);
    private static final Pattern IDENTITY = Pattern.compile(
            "\\s*ALTER TABLE (?:ONLY )?(" + WORD + ")\\.(" + WORD + ") ALTER COLUMN (" + WORD
                    + ") ADD GENERATED ALWAYS AS IDENTITY \\(.*",
            Pattern.DOTALL);

    private static final Pattern LOOSE =
            Pattern.compile("\\s*CREATE COLLATION .* \\(.*deterministic = false.*", Pattern.DOTALL);
    private static final Pattern LOCALE = Pattern.compile("(?:locale|lc_collate) = '([^']*)'");
    private static final Pattern COLLATED =
            Pattern.compile("(?m)^    (" + WORD + ") [^\\n]*? COLLATE (" + WORD + ")\\.(" + WORD + ")");

    private StoredShapes() {}

    static Map<TableName, TableShape> of(List<Definition> definitions) {
        Map<TableName, TableShape> shapes = new HashMap<>();
        Map<TableName, String> collations = looseCollations(definitions);
        for (Definition each : definitions) {
            switch (each.type()) {
                case "CONSTRAINT", "FK CONSTRAINT" -> constraint(each, shapes);
                case "SEQUENCE" -> identity(each, shapes);
                case "TABLE" -> looseTexts(each, collations, shapes);
                default -> {}
            }
        }
        return shapes;
    }

    /** The locales of the collations that take texts of other bytes for equal. */
    private static Map<TableName, String> looseCollations(List<Definition> definitions) {
        Map<TableName, String> locales = new HashMap<>();
        for (Definition each : definitions) {
            if (each.type().equals("COLLATION") && LOOSE.matcher(each.sql()).matches()) {
                Matcher locale = LOCALE.matcher(each.sql());
                locales.put(each.name(), locale.find() ? locale.group(1) : "");
            }
        }
        return locales;
    }

    private static void looseTexts(
            Definition table, Map<TableName, String> collations, Map<TableName, TableShape> shapes) {
        Matcher column = COLLATED.matcher(collations.isEmpty() ? "" : table.sql());
        while (column.find()) {
            String locale = collations.get(
                    new TableName(TableShape.unquoted(column.group(2)), TableShape.unquoted(column.group(3))));
            if (locale != null) {
                TableShape shape = shapes.getOrDefault(table.name(), TableShape.NONE);
                shapes.put(table.name(), shape.withLooseText(TableShape.unquoted(column.group(1)), locale));
            }
        }
    }

    private static void constraint(Definition definition, Map<TableName, TableShape> shapes) {
        Matcher matcher = CONSTRAINT.matcher(definition.sql());
        if (definition.table().isPresent() && matcher.matches()) {
            TableName table = definition.table().get();
            shapes.put(table, shapes.getOrDefault(table, TableShape.NONE).with(matcher.group(1), table.schema()));
        }
    }

    private static void identity(Definition definition, Map<TableName, TableShape> shapes) {
        Matcher matcher = IDENTITY.matcher(definition.sql());
        if (matcher.matches()) {
            TableName table =
                    new TableName(TableShape.unquoted(matcher.group(1)), TableShape.unquoted(matcher.group(2)));
            shapes.put(
                    table,
                    shapes.getOrDefault(table, TableShape.NONE).withIdentity(TableShape.unquoted(matcher.group(3))));
        }
    }
}
