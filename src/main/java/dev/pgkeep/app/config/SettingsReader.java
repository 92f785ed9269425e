package dev.pgkeep.app.config;

import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.units.Words;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.operation.refresh.masking.MaskRule;
import dev.pgkeep.operation.refresh.masking.MaskRules;
import dev.pgkeep.postgres.connect.Secret;
import dev.pgkeep.postgres.connect.TargetReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Reads everything that configures pgkeep, and checks it. */
public final class SettingsReader {
    private static final List<String> ENV_FILES = List.of(".env", "packages/database/.env");
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

    private final Sources sources;
    private final Problems problems = new Problems();
    private final Map<String, String> origins = new TreeMap<>();
    private final Optional<Path> path;
    private final Optional<SettingsFile> file;

    private SettingsReader(Sources sources) {
        this.sources = sources;
        this.path = SettingsFile.find(sources.workingDirectory());
        this.file = path.map(found -> SettingsFile.read(found, sources.workingDirectory(), sources.trust(), problems));
    }

    /**
     * The settings in force. That no connection is configured is not an error yet: some commands need none.
     *
     * @throws dev.pgkeep.base.error.PgkeepException {@code CONFIG_INVALID} naming every problem on a line of its own
     */
    public static Settings read(Sources sources) {
        return new SettingsReader(sources).settings();
    }

    /**
     * Reads one file as a part of the configuration, so that {@link Trust} knows what it names: {@code pgkeep.toml},
     * rules for masking, or a {@code .env} file. What is wrong in it does not matter here.
     */
    public static void inspect(Path file, Sources sources) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".toml")) {
            SettingsFile.read(file, sources.workingDirectory(), sources.trust(), new Problems());
        } else {
            EnvFile.read(file, name, sources.environment(), sources.trust());
        }
    }

    private static final Duration FULL_EVERY = Duration.ofDays(7);
    private static final Duration KEEP_OLD = Duration.ofHours(24);

    private Settings settings() {
        Lookup lookup = lookup();
        var values = new Values(lookup, problems, origins);
        Settings settings = new Settings(
                path,
                profileName().map(Found::text),
                file.map(found -> List.copyOf(found.profiles().keySet())).orElse(List.of()),
                new ConnectionChoice(lookup, values).choose(),
                values.place(Keys.REPOSITORY).orElse(folder().resolve("backups")),
                backups(values),
                retention(values, lookup),
                commands(values),
                new Settings.Safety(
                        values.flag(Keys.PROTECTED, false),
                        values.flag(Keys.SKIP_PROMPT, false),
                        values.span(Keys.KEEP_OLD).orElse(KEEP_OLD)),
                refresh(values),
                file.map(found -> found.cleanups(profileName().map(Found::text)))
                        .orElse(List.of()),
                values.programFolder(Keys.CLIENT_TOOLS),
                values.flag(Keys.ALLOW_OLD_CLIENT, false),
                values.program(Keys.MIGRATIONS),
                values.text(Keys.MONEY_LOCALE),
                values.statements(Keys.SMOKE),
                values.span(Keys.MAX_AGE),
                Collections.unmodifiableMap(origins),
                MistypedVariables.notes(sources.environment()));
        problems.throwIfAny();
        return settings;
    }

    private Lookup lookup() {
        Map<Key, Found> chosen = new LinkedHashMap<>();
        Map<Key, Found> common =
                new LinkedHashMap<>(file.map(SettingsFile::common).orElse(Map.of()));
        profileName().ifPresent(name -> {
            boolean asked = name.level() != Found.Level.FILE;
            profile(name).forEach((key, found) -> {
                if (asked) {
                    chosen.put(key, found);
                } else {
                    common.put(key, found);
                }
            });
        });
        var before = new Lookup(sources, chosen, common, List.of(), folder(), true);
        List<EnvFile> envFiles = EnvFile.readAll(
                new Values(before, problems, origins).list(Keys.ENV_FILES, ENV_FILES),
                List.of(sources.workingDirectory(), folder()),
                sources.environment(),
                sources.trust(),
                problems);
        var all = new Lookup(sources, chosen, common, envFiles, folder(), true);
        boolean preferDirect = new Values(all, problems, origins).flag(Keys.USE_DIRECT_URL, true);
        return new Lookup(sources, chosen, common, envFiles, folder(), preferDirect);
    }

    /** The folder of the file, else the working folder. */
    private Path folder() {
        return path.map(Path::getParent).orElse(sources.workingDirectory());
    }

    private Optional<Found> profileName() {
        return Optional.ofNullable(sources.flags().get("profile"))
                .map(name -> Found.text(name, "--profile", Found.Level.FLAG, sources.workingDirectory()))
                .or(() -> Lookup.withoutFiles(sources).find(Keys.PROFILE))
                .or(() ->
                        file.flatMap(found -> Optional.ofNullable(found.common().get(Keys.PROFILE))));
    }

    private Map<Key, Found> profile(Found name) {
        Map<String, Map<Key, Found>> profiles = file.map(SettingsFile::profiles).orElse(Map.of());
        Map<Key, Found> profile = profiles.get(name.text());
        if (profile != null) {
            return profile;
        }
        String known = profiles.isEmpty()
                ? "; add [profile." + name.text() + "] to " + SettingsFile.NAME
                : Words.nearest(name.text(), profiles.keySet())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; there are " + String.join(", ", profiles.keySet()));
        problems.add(name.origin() + ": there is no profile " + name.text() + known);
        return Map.of();
    }

    private Settings.Backups backups(Values values) {
        List<Format> formats = values.list(Keys.FORMAT, List.of("chunked")).stream()
                .flatMap(word -> format(word, values).stream())
                .distinct()
                .toList();
        return new Settings.Backups(
                formats.isEmpty() ? List.of(Format.CHUNKED) : formats,
                values.find(Keys.COMPRESS).flatMap(this::compression),
                values.number(Keys.JOBS, 1, 256),
                values.text(Keys.NAME).orElse(Keys.NAME.standard()),
                values.span(Keys.FULL_EVERY).orElse(FULL_EVERY),
                new Settings.Locks(
                        values.span(Keys.LOCK_TIMEOUT).orElse(LOCK_TIMEOUT),
                        values.number(Keys.LOCK_RETRIES, 0, 10_000).orElse(10)));
    }

    private Optional<Format> format(String word, Values values) {
        Optional<Format> format = Format.of(word);
        if (format.isEmpty()) {
            problems.add(values.origin(Keys.FORMAT) + ": unknown format " + word
                    + "; use chunked, plain, custom, tar or directory");
        }
        return format;
    }

    private Optional<Compression> compression(Found found) {
        Optional<Compression> compression = Compression.of(found.text());
        if (compression.isEmpty()) {
            problems.add(found.origin() + ": unknown compression; use none, gzip[:1-9], zstd[:1-22] or lz4[:1-12]");
        }
        return compression;
    }

    /**
     * Reads the rules of retention: one of them can be written as a span or in days, and the stronger source counts.
     */
    private Settings.Retention retention(Values values, Lookup lookup) {
        OptionalInt days = values.number(Keys.RETENTION_DAYS, 0, 100_000);
        Optional<Duration> span = values.span(Keys.OLDER_THAN);
        int daysLevel = level(lookup, Keys.RETENTION_DAYS);
        int spanLevel = level(lookup, Keys.OLDER_THAN);
        Optional<Duration> olderThan = spanLevel <= daysLevel
                ? span
                : days.stream().boxed().findFirst().filter(count -> count > 0).map(Duration::ofDays);
        return new Settings.Retention(
                values.number(Keys.KEEP_LAST, 1, 1_000_000), olderThan, values.text(Keys.RETENTION_KIND));
    }

    private static int level(Lookup lookup, Key key) {
        return lookup.find(key).map(found -> found.level().ordinal()).orElse(Integer.MAX_VALUE);
    }

    private static Settings.Commands commands(Values values) {
        return new Settings.Commands(
                values.program(Keys.MIGRATE),
                values.program(Keys.SEED),
                values.program(Keys.CHECK),
                values.program(Keys.AFTER_RESTORE));
    }

    private Settings.Refresh refresh(Values values) {
        Optional<Found> from = values.find(Keys.REFRESH_FROM);
        List<MaskRule> own =
                file.map(found -> found.masks(profileName().map(Found::text))).orElse(List.of());
        List<MaskRule> stronger = values.place(Keys.MASK_FILE)
                .map(mask -> MaskTables.readFile(
                        mask, EnvFile.shortName(mask, sources.workingDirectory()), sources.trust(), problems))
                .orElse(List.of());
        return new Settings.Refresh(
                from.map(Found::text).map(String::strip),
                from.map(Found::base).orElse(folder()),
                values.list(Keys.REFRESH_HOSTS, List.of()),
                values.program(Keys.REFRESH_SSH)
                        .orElse(Entrusted.own("ssh"))
                        .as(line -> List.of(line.strip().split("\\s+"))),
                new MaskRules(own, false).with(stronger, values.flag(Keys.MASK_STRICT, false)),
                values.text(Keys.MASK_SECRET).map(Secret::new));
    }

    /** Says which connection counts. */
    private record ConnectionChoice(Lookup lookup, Values values) {
        Settings.Connections choose() {
            Optional<Found> url = values.find(Keys.URL);
            Map<String, String> environment = new LinkedHashMap<>();
            boolean fromFiles = url.isEmpty() || url.get().level() == Found.Level.ENV_FILE;
            if (fromFiles) {
                lookup.envFiles()
                        .reversed()
                        .forEach(file -> file.values().forEach((name, value) -> {
                            if (name.startsWith("PG")) {
                                environment.put(name, value);
                                file.problem(name).ifPresent(values.problems()::add);
                            }
                        }));
            }
            boolean told = TargetReader.knownFromEnvironment(lookup.sources().environment());
            environment.putAll(lookup.sources().environment());
            Optional<ConnectionText> main = url.map(ConnectionChoice::text)
                    .or(() -> TargetReader.knownFromEnvironment(environment)
                            ? Optional.of(new ConnectionText(
                                    "", told ? "PG* variables of the environment" : "PG* variables of a .env file"))
                            : Optional.empty());
            return new Settings.Connections(
                    main, values.find(Keys.TEST_URL).map(ConnectionChoice::text), Map.copyOf(environment));
        }

        private static ConnectionText text(Found found) {
            return new ConnectionText(found.text(), found.origin().replaceAll(" line \\d+$", ""));
        }
    }
}
