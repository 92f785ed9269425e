package dev.pgkeep.base.files;

/** The operating system that this runs on, where it matters. */
public final class HostSystem {
    private HostSystem() {}

    public static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
