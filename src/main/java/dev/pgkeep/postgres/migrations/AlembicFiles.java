package dev.pgkeep.postgres.migrations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Alembic's revisions name the ones before them; the head is the one that nobody names. */
final class AlembicFiles {
    private static final List<String> FOLDERS =
            List.of("alembic/versions", "migrations/versions", "src/alembic/versions", "app/alembic/versions");
    private static final Pattern REVISION = Pattern.compile("(?m)^revision(?:\\s*:[^=]+)?\\s*=\\s*['\"]([^'\"]+)['\"]");
    private static final Pattern BEFORE = Pattern.compile("(?m)^down_revision(?:\\s*:[^=]+)?\\s*=\\s*(.+)$");
    private static final Pattern QUOTED = Pattern.compile("['\"]([^'\"]+)['\"]");

    private AlembicFiles() {}

    static Optional<CodeMigrations> find(CodeFolders folders) {
        return folders.first("alembic", FOLDERS, AlembicFiles::revisions);
    }

    /** Every revision, heads last. */
    private static List<String> revisions(Path folder) {
        var named = new ArrayList<String>();
        Set<String> before = new HashSet<>();
        for (Path file : CodeFolders.files(folder)) {
            if (CodeFolders.name(file).endsWith(".py")) {
                String text = CodeFolders.text(file);
                REVISION.matcher(text).results().map(match -> match.group(1)).forEach(named::add);
                BEFORE.matcher(text)
                        .results()
                        .flatMap(match -> QUOTED.matcher(match.group(1)).results())
                        .map(match -> match.group(1))
                        .forEach(before::add);
            }
        }
        var heads = named.stream().filter(name -> !before.contains(name)).toList();
        named.removeAll(heads);
        named.addAll(heads);
        return named;
    }
}
