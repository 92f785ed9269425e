package dev.pgkeep.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The number and the commit of this pgkeep.
 *
 * @param number for instance {@code 0.1.0}
 * @param commit the first 12 digits of the commit it was built from; empty when it was not built in a git repository
 */
public record ProductVersion(String number, String commit) {
    private static final String RESOURCE = "/dev/pgkeep/version.properties";

    /** Reads what the build wrote into the jar. */
    public static ProductVersion read() {
        try (InputStream in = ProductVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            Properties properties = new Properties();
            properties.load(in);
            return new ProductVersion(properties.getProperty("version", "?"), properties.getProperty("commit", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The version as {@code --version} shows it, for instance {@code 0.1.0 (58b4c0d2c5aa)}. */
    @Override
    public String toString() {
        return commit.isEmpty() ? number : number + " (" + commit + ")";
    }
}
