package dev.pgkeep;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Keeps libraries that log through {@code java.util.logging} (the PostgreSQL driver) silent: what matters reaches the
 * user as an error. Java creates this class by its name when, and only when, the first library asks for a logger.
 */
public final class QuietLogging {
    private static final String PROPERTY = "java.util.logging.config.class";

    /** Called by the logging system. */
    public QuietLogging() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(".level = OFF".getBytes(StandardCharsets.UTF_8)));
    }

    /** Unless whoever started the process configured logging on purpose. */
    static void install() {
        if (System.getProperty(PROPERTY) == null && System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty(PROPERTY, QuietLogging.class.getName());
        }
    }
}
