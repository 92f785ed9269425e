package dev.pgkeep.operation.restore.load;

import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import java.util.Optional;
import java.util.stream.Stream;

/** The search path of a database: functions that name others without a schema were written with it in mind. */
final class DatabasePath {
    private static final String USUAL = "\"$user\", public";

    private DatabasePath() {}

    /** The path that the backup's database had, else the one that the target has, else the one that all have. */
    static String of(RestorePlan plan) {
        Optional<DatabaseProperties> then = plan.source().manifest().map(Manifest::properties);
        Optional<DatabaseProperties> now = plan.existing().map(ExistingDatabase::properties);
        return Stream.of(then, now)
                .flatMap(Optional::stream)
                .flatMap(each -> each.settings().stream())
                .filter(setting -> setting.role() == null && setting.name().equals("search_path"))
                .map(DatabaseProperties.Setting::value)
                .findFirst()
                .orElse(USUAL);
    }
}
