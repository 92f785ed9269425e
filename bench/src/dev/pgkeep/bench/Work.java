package dev.pgkeep.bench;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of work that a profile tells apart, by where a program is: the innermost frame that says it decides. */
enum Work {
    ZSTD("zstd", "com.github.luben.zstd.*|ZSTD_.*|HUF_.*|FSE_.*|XXH64_.*"),
    SHA("SHA-256", "sun.security.provider.*|dev.pgkeep.repository.pack.ChunkId.*|.*Sha256.*"),
    HASH("hashes of rows", "com.dynatrace.hash4j.*|dev.pgkeep.format.columnar.RowHash.*|.*(Xxh3|XXH3).*"),
    CHANGED(
            "what changed: finding it, merging it with what is stored",
            "dev.pgkeep.postgres.incremental.*|dev.pgkeep.postgres.copy.(RangeCounts|RowAge|Tids).*"
                    + "|dev.pgkeep.format.columnar.(RowPatch|RowPlaces|HeldRows).*"
                    + "|dev.pgkeep.operation.backup.(BaseChoice|chunked.(Contradiction|EarlierTables|ExtentMerge|Since)).*"
                    + "|dev.pgkeep.operation.(incremental|restore.(delta|load.Delta)).*"),
    CHOOSING("finding out which encoding suits", "dev.pgkeep.format.columnar.*(Estimate|Scan|Entropy|Hint|Sample).*"),
    DECODING("decoding columns", "dev.pgkeep.format.columnar.*(Reader|Decoder|Input|Fragment).*"),
    ENCODING("encoding columns", "dev.pgkeep.format.columnar.*"),
    DIFF("comparing rows", "dev.pgkeep.operation.diff.*"),
    SERVER(
            "reading from the server, writing to it",
            "org.postgresql.*|sun.security.ssl.*|dev.pgkeep.postgres.(copy|connect).*"),
    PACKS("packs and other files", "dev.pgkeep.repository.*"),
    CLASSES("loading and linking classes", "jdk.internal.loader.*|java.lang.(ClassLoader|invoke).*|java.util.jar.*"),
    CATALOG("catalog, client programs", "dev.pgkeep.postgres.*"),
    OPERATION("the operation around it", "dev.pgkeep.(operation|format).*"),
    COMMAND("command line, configuration", "picocli.*|dev.pgkeep.(cli|app|Main|Training).*"),
    OTHER("other", "");

    private final String title;
    private final Pattern frames;

    Work(String title, String frames) {
        this.title = title;
        this.frames = Pattern.compile(frames);
    }

    String title() {
        return title;
    }

    /** By the frames of a stack, the innermost first, each as class and method. */
    static Work of(List<String> stack) {
        return stack.stream().flatMap(frame -> of(frame).stream()).findFirst().orElse(OTHER);
    }

    private static Optional<Work> of(String frame) {
        for (Work work : values()) {
            if (work != OTHER && work.frames.matcher(frame).matches()) {
                return Optional.of(work);
            }
        }
        return Optional.empty();
    }
}
