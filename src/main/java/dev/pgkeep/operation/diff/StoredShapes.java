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

    private StoredShapes() {}

    static Map<TableName, TableShape> of(List<Definition> definitions) {
        Map<TableName, TableShape> shapes = new HashMap<>();
        for (Definition each : definitions) {
            switch (each.type()) {
                case "CONSTRAINT", "FK CONSTRAINT" -> constraint(each, shapes);
                case "SEQUENCE" -> identity(each, shapes);
                default -> {}
            }
        }
        return shapes;
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
