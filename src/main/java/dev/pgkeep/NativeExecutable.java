package dev.pgkeep;

import com.github.luben.zstd.util.ZstdVersion;
import dev.pgkeep.base.files.HostSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells libraries what the launcher tells a JVM on its command line, where pgkeep runs as a native executable. */
final class NativeExecutable {
    /** What the launcher puts before words that GraalVM would take for its own. */
    private static final String MARK = "@pgkeep:";

    private NativeExecutable() {}

    /**
     * Before anything else, since libraries look at these properties once.
     *
     * @param environment of the process
     */
    static void prepare(Map<String, String> environment) {
        if (HostSystem.isNativeExecutable()) {
            String temporary = environment.getOrDefault("TMPDIR", "");
            if (!temporary.isBlank() && Files.isDirectory(Path.of(temporary))) {
                System.setProperty("java.io.tmpdir", temporary);
            }
            // Instead of FORK, which copies the page tables of the whole process for each child. (The JDK's own default
            // starts a program out of a JDK's folder, which is not here.)
            System.setProperty("jdk.lang.Process.launchMechanism", "VFORK");
            ProcessHandle.current().info().command().ifPresent(NativeExecutable::useLibrariesBeside);
        }
    }

    /** The command line as it was typed. */
    static List<String> unmarked(String[] arguments) {
        return HostSystem.isNativeExecutable()
                ? Stream.of(arguments)
                        .map(word -> word.startsWith(MARK) ? word.substring(MARK.length()) : word)
                        .toList()
                : List.of(arguments);
    }

    /** Otherwise the library would be written into a temporary file by each run, where that may not be executable. */
    private static void useLibrariesBeside(String executable) {
        Path library = Path.of(executable)
                .resolveSibling("lib")
                .resolve(System.mapLibraryName("zstd-jni-" + ZstdVersion.VERSION));
        if (Files.isRegularFile(library)) {
            System.setProperty("ZstdNativePath", library.toString());
        }
    }
}
