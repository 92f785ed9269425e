package dev.pgkeep.base.files;

/** The operating system that this runs on, and what it runs as, where it matters. */
public final class HostSystem {
    private HostSystem() {}

    public static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    /** Whether this is machine code made ahead of time instead of a JVM: GraalVM's property says so there. */
    public static boolean isNativeExecutable() {
        return "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
    }
}
