package dev.pgkeep.app.config;

import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.operation.refresh.masking.Mask;
import dev.pgkeep.operation.refresh.masking.MaskRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads masking rules: a table for each table of the database, in it a key for each column. */
final class MaskTables {
    /** The table that holds the rules, of the file or of a profile. */
    static final String NAME = "mask";

    private static final Set<String> FORMS = Set.of("constant", "sql");
    private static final String WORDS =
            "use \"keep\", \"null\", \"hash\", \"email\", { constant = \"…\" } or { sql = \"…\" }";

    private final String shownAs;
    private final Problems problems;
    private final List<MaskRule> rules = new ArrayList<>();

    private MaskTables(String shownAs, Problems problems) {
        this.shownAs = shownAs;
        this.problems = problems;
    }

    /**
     * The rules below {@code [mask]}.
     *
     * @param shownAs the name of the file, for people
     */
    static List<MaskRule> read(TomlTable mask, String shownAs, Problems problems) {
        var reader = new MaskTables(shownAs, problems);
        for (String table : mask.keySet()) {
            reader.table(mask, table, table);
        }
        return List.copyOf(reader.rules);
    }

    /** A file that holds {@code [mask.…]} tables and nothing else. */
    static List<MaskRule> readFile(Path file, String shownAs, Trust trust, Problems problems) {
        try {
            TomlParseResult toml = Toml.parse(SettingsFile.text(trust.read(file)));
            toml.errors()
                    .forEach(error ->
                            problems.add(shownAs + " line " + error.position().line() + ": "
                                    + SettingsFile.syntax(String.valueOf(error.getMessage()))));
            if (toml.hasErrors()) {
                return List.of();
            }
            toml.keySet().stream()
                    .filter(key -> !key.equals(NAME))
                    .forEach(key ->
                            problems.add(shownAs + ": unknown table [" + key + "]; rules are written as [mask.TABLE]"));
            return toml.get(List.of(NAME)) instanceof TomlTable mask ? read(mask, shownAs, problems) : List.of();
        } catch (IOException e) {
            problems.add(shownAs + ": there is no such file, or it cannot be read as UTF-8 text");
            return List.of();
        }
    }

    private void table(TomlTable parent, String key, String table) {
        if (!(parent.get(List.of(key)) instanceof TomlTable columns)) {
            problems.add(at(parent, key) + "rules are written in a table for each table: [mask." + key + "]");
            return;
        }
        for (String column : columns.keySet()) {
            Object value = columns.get(List.of(column));
            if (value instanceof TomlTable inner && !isForm(inner)) {
                table(columns, column, table + "." + column);
            } else {
                rule(columns, table, column, value);
            }
        }
    }

    private void rule(TomlTable columns, String table, String column, @Nullable Object value) {
        Optional<Mask> mask = switch (value) {
            case TomlTable form -> form(form);
            case String word -> Mask.ofWord(word);
            case null, default -> Optional.empty();
        };
        String at = at(columns, column);
        mask.ifPresentOrElse(
                known -> rules.add(new MaskRule(table, column, known, at.replaceAll(": $", ""))),
                () -> problems.add(at + "unknown mask for " + table + "." + column + "; " + WORDS));
    }

    private static boolean isForm(TomlTable table) {
        return table.size() == 1 && FORMS.containsAll(table.keySet());
    }

    private static Optional<Mask> form(TomlTable form) {
        Object constant = form.get(List.of("constant"));
        if (constant != null) {
            return constant instanceof TomlTable
                    ? Optional.empty()
                    : Optional.of(new Mask.Constant(constant.toString()));
        }
        return form.get(List.of("sql")) instanceof String sql && !sql.isBlank()
                ? Optional.of(new Mask.Expression(sql))
                : Optional.empty();
    }

    private String at(TomlTable table, String key) {
        return Optional.ofNullable(table.inputPositionOf(List.of(key)))
                .map(position -> shownAs + " line " + position.line() + ": ")
                .orElse(shownAs + ": ");
    }
}
