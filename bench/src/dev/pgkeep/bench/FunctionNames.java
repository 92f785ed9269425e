package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * The kind of work of a function of the native executable, whose name is a class without its package, a method and a
 * number: the jar tells which package that is.
 */
final class FunctionNames {
    private static final Pattern MEMORY = Pattern.compile(
            "(ThreadLocalAllocation|Grey|GCImpl|Heap|AlignedHeap|UnalignedHeap|Space|.*Generation|Remembered|CardTable"
                    + "|Stack(Frame|Walk)|.*ObjectVisitor|.*ReferenceVisitor|Instance.*Walker|CodeInfo|Substrate|.*MemoryUtil).*");
    private static final Map<String, Work> OF_JAVA = Map.of(
            "SVMIntrinsicStubsGen_sha256ImplCompress", Work.SHA,
            "DigestBase", Work.SHA,
            "SHA2", Work.SHA,
            "NioSocketImpl", Work.SERVER,
            "Socket", Work.SERVER,
            "SocketDispatcher", Work.SERVER,
            "CRC32", Work.PACKS,
            "FileChannelImpl", Work.PACKS);

    private final Map<String, String> classes = new HashMap<>();

    FunctionNames(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .forEach(this::add);
        }
    }

    private void add(String entry) {
        String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        String simple = name.substring(name.lastIndexOf('.') + 1);
        if (!simple.contains("$")) {
            classes.merge(simple, name, (known, other) -> other.startsWith("dev.pgkeep.") ? other : known);
        }
    }

    /** What a function does, in the words of a report. */
    String work(String function) {
        for (var each : OF_JAVA.entrySet()) {
            if (function.startsWith(each.getKey() + "_")) {
                return each.getValue().title();
            }
        }
        for (int end = nextEnd(function, 0); end > 0; end = nextEnd(function, end + 1)) {
            String known = classes.get(function.substring(0, end));
            if (known != null) {
                return Work.of(List.of(known + "." + function.substring(end + 1)))
                        .title();
            }
        }
        return MEMORY.matcher(function).matches()
                ? "making and clearing objects, garbage collection"
                : "Java's own library (texts, maps, numbers)";
    }

    /** Where the name of the class may end: there are names with underscores. */
    private static int nextEnd(String function, int from) {
        for (int i = from; i < function.length(); i++) {
            if (function.charAt(i) == '_' || function.charAt(i) == '$') {
                return i;
            }
        }
        return -1;
    }
}
