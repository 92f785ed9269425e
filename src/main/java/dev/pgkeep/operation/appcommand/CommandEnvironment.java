package dev.pgkeep.operation.appcommand;

import dev.pgkeep.postgres.connect.Target;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables of a command: those of pgkeep itself, with every way in which tools are told about a database pointing
 * to the one that was backed up. Tools prefer variables to their own files, so that a file that names another database
 * does not lead them there.
 */
final class CommandEnvironment {
    private CommandEnvironment() {}

    static Map<String, String> of(Target target, CommandPlace place) {
        Map<String, String> environment = new HashMap<>(place.environment());
        target.libpqEnvironment().applyTo(environment);
        environment.put("PGAPPNAME", place.sessionName());
        environment.put(ApplicationCommand.AT_WORK_ON, target.describe());
        String url = target.urlWithPassword(place.url());
        environment.put("DATABASE_URL", url);
        environment.put("DIRECT_URL", url);
        target.jdbcUrl(place.url()).ifPresent(jdbc -> {
            put(environment, "JDBC_DATABASE_", jdbc, "USERNAME", target);
            put(environment, "FLYWAY_", jdbc, "USER", target);
            put(environment, "LIQUIBASE_COMMAND_", jdbc, "USERNAME", target);
        });
        return environment;
    }

    private static void put(Map<String, String> environment, String prefix, String url, String user, Target target) {
        environment.put(prefix + "URL", url);
        environment.put(prefix + user, target.user());
        target.password().ifPresent(password -> environment.put(prefix + "PASSWORD", password.reveal()));
    }
}
