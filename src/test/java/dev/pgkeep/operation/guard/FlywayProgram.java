package dev.pgkeep.operation.guard;

import org.flywaydb.core.Flyway;

/** Flyway's command {@code migrate} as its own command line runs it: settings from {@code FLYWAY_*}. */
public final class FlywayProgram {
    private FlywayProgram() {}

    /** @param arguments the folder of the migrations */
    public static void main(String[] arguments) {
        try {
            var result = Flyway.configure()
                    .envVars()
                    .locations("filesystem:" + arguments[0])
                    .load()
                    .migrate();
            System.out.println("Successfully applied " + result.migrationsExecuted + " migrations");
        } catch (org.flywaydb.core.api.FlywayException e) {
            System.err.println("ERROR: " + e.getMessage());
            System.exit(1);
        }
    }
}
