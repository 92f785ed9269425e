import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes the folder that needs no JDK where it is unpacked, and an archive of it: {@code bin/pgkeep}, the jar, a Java
 * runtime of the modules that pgkeep uses, and what the JVM learned in a few commands so that it starts fast.
 *
 * <p>{@code java build/Distribution.java <version>}, in the root of the project, after the jar was built.
 */
final class Distribution {
    /** What jdeps names for the jar, and for the driver: logins through GSS and LDAP, and every character set. */
    private static final String MODULES =
            "java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,jdk.charsets"
                    + ",jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs";

    private final Path root;
    private final Path runtime;
    private final Path jar;

    private Distribution(Path root) {
        this.root = root;
        this.runtime = root.resolve("runtime");
        this.jar = root.resolve("lib/pgkeep.jar");
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path target = Path.of("target").toAbsolutePath();
        String name = "pgkeep-" + args[0];
        var distribution = new Distribution(target.resolve(name));
        Files.deleteIfExists(Path.of("target/distribution.log"));
        distribution.clear();
        distribution.copyFiles();
        distribution.linkRuntime();
        distribution.train();
        Path archive = target.resolve(name + "-" + platform() + ".tar.gz");
        run("tar", "-czf", archive.toString(), "-C", target.toString(), name);
        System.out.printf("%s (%d MB)%n", archive, Files.size(archive) >> 20);
    }

    /** For instance {@code linux-amd64} or {@code macos-aarch64}: a runtime fits one kind of machine. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String shorter = system.startsWith("mac") ? "macos" : system.startsWith("windows") ? "windows" : system;
        return shorter + "-" + System.getProperty("os.arch");
    }

    private void clear() throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("lib"));
    }

    private void copyFiles() throws IOException {
        Files.copy(Path.of("target/pgkeep.jar"), jar);
        for (String program : List.of("pgkeep", "pgkeep.cmd")) {
            Files.copy(Path.of(program), root.resolve("bin", program), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.copy(Path.of("LICENSE"), root.resolve("LICENSE"));
        copyPages();
    }

    /** The documentation, with everything its pages link to, so that it can be read where it is unpacked. */
    private void copyPages() throws IOException {
        try (Stream<Path> pages = Stream.of("", "bench", "docs", "docs/guide", "docs/reference")
                .map(Path::of)
                .flatMap(Distribution::pages)) {
            for (Path page : pages.toList()) {
                Path copy = root.resolve(page);
                Files.createDirectories(copy.getParent());
                Files.copy(page, copy);
            }
        }
    }

    private static Stream<Path> pages(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void linkRuntime() {
        var jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IllegalStateException("this JDK has no jlink: install a complete one"));
        int status = jlink.run(
                System.out,
                System.err,
                "--output",
                runtime.toString(),
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                "zip-6");
        if (status != 0) {
            throw new IllegalStateException("jlink failed with status " + status);
        }
    }

    /** A cache that could not be made costs start-up time, nothing else, so it does not fail the build. */
    private void train() throws IOException, InterruptedException {
        Path cache = root.resolve("lib/pgkeep.aot");
        run(
                runtime.resolve("bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:AOTCacheOutput=" + cache,
                "-cp",
                jar.toString(),
                "dev.pgkeep.Training");
        if (!Files.exists(cache)) {
            System.err.println("No cache was made: the distribution will start more slowly.");
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var log = Path.of("target/distribution.log").toFile();
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException(command[0] + " failed with status " + status + ", see " + log);
        }
    }
}
