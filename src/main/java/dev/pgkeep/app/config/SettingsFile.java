package dev.pgkeep.app.config;

import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.secret.KnownSecrets;
import dev.pgkeep.base.units.Words;
import dev.pgkeep.operation.cleanup.CleanupRule;
import dev.pgkeep.operation.refresh.masking.MaskRule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads {@code pgkeep.toml}: values under the names of keys, for everybody and for each profile. */
final class SettingsFile {
    static final String NAME = "pgkeep.toml";

    private final Path path;
    private final String shownAs;
    private final Trust trust;
    private final Problems problems;
    private final Map<Key, Found> common = new LinkedHashMap<>();
    private final Map<String, Map<Key, Found>> profiles = new LinkedHashMap<>();
    private final List<MaskRule> masks = new ArrayList<>();
    private final Map<String, List<MaskRule>> masksOfProfiles = new LinkedHashMap<>();

    private final List<CleanupRule> cleanups = new ArrayList<>();
    private final Map<String, List<CleanupRule>> cleanupsOfProfiles = new LinkedHashMap<>();

    private SettingsFile(Path path, String shownAs, Trust trust, Problems problems) {
        this.path = path;
        this.shownAs = shownAs;
        this.trust = trust;
        this.problems = problems;
    }

    /** The file in the folder, or in the nearest folder above that has one. */
    static Optional<Path> find(Path folder) {
        for (Path place = folder; place != null; place = place.getParent()) {
            if (Files.isRegularFile(place.resolve(NAME))) {
                return Optional.of(place.resolve(NAME));
            }
        }
        return Optional.empty();
    }

    static SettingsFile read(Path path, Path workingDirectory, Trust trust, Problems problems) {
        var file = new SettingsFile(path, EnvFile.shortName(path, workingDirectory), trust, problems);
        try {
            TomlParseResult toml = Toml.parse(text(trust.read(path)));
            toml.errors()
                    .forEach(error -> problems.add(file.shownAs + " line "
                            + error.position().line() + ": " + syntax(String.valueOf(error.getMessage()))));
            if (!toml.hasErrors()) {
                file.readTable(toml, List.of(), Optional.empty());
            }
        } catch (IOException e) {
            problems.add(file.shownAs + ": cannot be read; it must be UTF-8 text that you may read");
        }
        return file;
    }

    /** @throws CharacterCodingException when it is not UTF-8 */
    static String text(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }

    Map<Key, Found> common() {
        return common;
    }

    Map<String, Map<Key, Found>> profiles() {
        return profiles;
    }

    /** Masking rules, those of a profile before those for everybody. */
    List<MaskRule> masks(Optional<String> profile) {
        List<MaskRule> all = new ArrayList<>(profile.map(name -> masksOfProfiles.getOrDefault(name, List.of()))
                .orElse(List.of()));
        all.addAll(masks);
        return all;
    }

    /** Plans of cleanups; one of a profile is stronger than one of the same name for everybody. */
    List<CleanupRule> cleanups(Optional<String> profile) {
        Map<String, CleanupRule> all = new LinkedHashMap<>();
        cleanups.forEach(each -> all.put(each.name(), each));
        profile.map(name -> cleanupsOfProfiles.getOrDefault(name, List.of()))
                .orElse(List.of())
                .forEach(each -> all.put(each.name(), each));
        return List.copyOf(all.values());
    }

    /** The parser repeats what it met, which may be a piece of a password: only what it expected is told. */
    static String syntax(String message) {
        int expected = message.indexOf("expected ");
        return expected < 0 ? "not valid TOML" : "not valid TOML: " + message.substring(expected);
    }

    private void readTable(TomlTable table, List<String> prefix, Optional<String> profile) {
        for (String written : table.keySet()) {
            Object value = table.get(List.of(written));
            int line = Optional.ofNullable(table.inputPositionOf(List.of(written)))
                    .map(position -> position.line())
                    .orElse(0);
            String name = path(prefix, written);
            if (value instanceof TomlTable inner) {
                readInner(inner, name, prefix, written, profile, line);
            } else {
                readValue(name, value, profile, line);
            }
        }
    }

    private void readInner(
            TomlTable inner, String name, List<String> prefix, String written, Optional<String> profile, int line) {
        if (name.equals("profile") && profile.isEmpty()) {
            for (String profileName : inner.keySet()) {
                if (inner.get(List.of(profileName)) instanceof TomlTable own) {
                    profiles.put(profileName, new LinkedHashMap<>());
                    readTable(own, List.of(), Optional.of(profileName));
                } else {
                    problems.add(at(line) + "profiles are written as tables: [profile." + profileName + "]");
                }
            }
        } else if (prefix.isEmpty() && written.equals(MaskTables.NAME)) {
            List<MaskRule> rules = MaskTables.read(inner, shownAs, problems);
            profile.ifPresentOrElse(own -> masksOfProfiles.put(own, rules), () -> masks.addAll(rules));
        } else if (prefix.isEmpty() && written.equals(CleanupTables.NAME)) {
            List<CleanupRule> rules = CleanupTables.read(inner, shownAs, problems);
            profile.ifPresentOrElse(own -> cleanupsOfProfiles.put(own, rules), () -> cleanups.addAll(rules));
        } else if (prefix.isEmpty() && sections().contains(name)) {
            readTable(inner, List.of(name), profile);
        } else {
            problems.add(at(line) + "unknown table [" + written + "]" + suggestion(name, sections()));
        }
    }

    private void readValue(String name, @Nullable Object value, Optional<String> profile, int line) {
        Optional<Key> key = Keys.named(name).filter(known -> profile.isEmpty() || known != Keys.PROFILE);
        if (key.isEmpty()) {
            problems.add(at(line) + "unknown key " + name + suggestion(name, names()));
            return;
        }
        String origin = name + profile.map(own -> " of profile " + own).orElse("") + " in " + shownAs + " line " + line;
        boolean isList = value instanceof TomlArray;
        List<String> items = new ArrayList<>();
        if (value instanceof TomlArray array) {
            array.toList().forEach(item -> items.add(String.valueOf(item)));
        } else {
            items.add(String.valueOf(value));
        }
        Path base = Optional.ofNullable(path.getParent()).orElse(path);
        Found found = new Found(items, isList, origin, Found.Level.FILE, base, Optional.of(path));
        profile.map(profiles::get).orElse(common).put(key.get(), found);
        items.forEach(KnownSecrets::learn);
        if (key.get().runs(items)) {
            trust.named(Entrusted.named(key.get(), found, path));
        }
    }

    private String at(int line) {
        return shownAs + (line > 0 ? " line " + line : "") + ": ";
    }

    /** {@code after_restore} and {@code after-restore} are the same. */
    private static String path(List<String> prefix, String written) {
        String name = written.replace('_', '-');
        return prefix.isEmpty() ? name : String.join(".", prefix) + "." + name;
    }

    private static String suggestion(String name, Set<String> candidates) {
        return Words.nearest(name, candidates)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private static Set<String> names() {
        var names = new TreeSet<String>();
        Keys.ALL.forEach(key -> names.add(key.name()));
        return names;
    }

    private static Set<String> sections() {
        var sections = new TreeSet<String>(Set.of("profile", MaskTables.NAME, CleanupTables.NAME));
        Keys.ALL.stream()
                .map(Key::name)
                .filter(name -> name.contains("."))
                .forEach(name -> sections.add(name.substring(0, name.indexOf('.'))));
        return sections;
    }
}
