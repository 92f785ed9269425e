import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes the options that let the image builder look into every package of this JDK, as an argument file of
 * {@code java}: {@code java … build/graal/Exports.java FILE}. GraalVM's own launcher passes a shorter list of the same.
 */
final class Exports {
    private static final String BUILDER = "ALL-UNNAMED,org.graalvm.nativeimage.builder,org.graalvm.nativeimage.base"
            + ",org.graalvm.nativeimage.pointsto,org.graalvm.nativeimage.objectfile,org.graalvm.nativeimage"
            + ",org.graalvm.nativeimage.configure,org.graalvm.truffle.compiler,org.graalvm.word"
            + ",org.graalvm.collections,jdk.graal.compiler";

    private Exports() {}

    public static void main(String[] args) throws IOException {
        List<String> options = new ArrayList<>();
        for (Module module : ModuleLayer.boot().modules()) {
            if (!module.getName().startsWith("jdk.graal")) {
                for (String name : new TreeSet<>(module.getPackages())) {
                    options.add("--add-exports=" + module.getName() + "/" + name + "=" + BUILDER);
                    options.add("--add-opens=" + module.getName() + "/" + name + "=" + BUILDER);
                }
            }
        }
        Files.write(Path.of(args[0]), options);
    }
}
