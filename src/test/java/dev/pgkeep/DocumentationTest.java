package dev.pgkeep;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the documentation: that their links lead somewhere, and that the first ones stay short. */
final class DocumentationTest {
    private static final Path README = Path.of("README.md");

    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");

    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");

    private static final Pattern LINK = Pattern.compile("]\\(([^()\\s]+)\\)");

    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");

    private static final Pattern NAMED = Pattern.compile("\\bdocs/[a-z/-]+\\.md\\b");

    /** A relative link: where it stands, what it says, the file and the anchor (or nothing) that it means. */
    private record Link(Path page, String target, Path file, String anchor) {
        static Link of(Path page, String target) {
            int hash = target.indexOf('#');
            String path = hash < 0 ? target : target.substring(0, hash);
            Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
            return new Link(page, target, file, hash < 0 ? "" : target.substring(hash + 1));
        }

        boolean leadsSomewhere() throws IOException {
            return Files.exists(file) && (anchor.isEmpty() || anchors(file).contains(anchor));
        }
    }

    @Test
    void every_relative_link_leads_to_a_file_and_a_heading() throws IOException {
        var broken = new ArrayList<String>();
        int links = 0;
        for (Path page : pages()) {
            for (Link link : links(page)) {
                links++;
                if (!link.leadsSomewhere()) {
                    broken.add(page + " → " + link.target());
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(100);
    }

    @Test
    void every_page_can_be_reached_from_the_readme() throws IOException {
        var reached = new HashSet<>(Set.of(README));
        var next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            for (Link link : links(next.remove())) {
                if (link.file().toString().endsWith(".md") && reached.add(link.file())) {
                    next.add(link.file());
                }
            }
        }
        assertThat(reached).containsAll(pages());
    }

    @Test
    void pages_that_sources_name_exist() throws IOException {
        var missing = new TreeSet<String>();
        for (String folder : List.of("src", "bench", "build")) {
            for (Path source : files(Path.of(folder), ".java")) {
                NAMED.matcher(Files.readString(source))
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> !Files.exists(Path.of(name)))
                        .forEach(name -> missing.add(source + " → " + name));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void readme_and_architecture_can_be_read_at_one_sitting() throws IOException {
        assertThat(Files.size(README)).isLessThanOrEqualTo(10_240);
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(200);
        assertThat(Files.size(Path.of("ARCHITECTURE.md"))).isLessThanOrEqualTo(8_192);
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<>(files(Path.of("docs"), ".md"));
        Stream.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md")
                .map(Path::of)
                .forEach(pages::add);
        return pages;
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static List<Link> links(Path page) throws IOException {
        return LINK.matcher(CODE.matcher(prose(page)).replaceAll(""))
                .results()
                .map(found -> found.group(1))
                .filter(target -> !target.contains("://"))
                .map(target -> Link.of(page, target))
                .toList();
    }

    /** What a page says, without its blocks of code. */
    private static String prose(Path page) throws IOException {
        return FENCE.matcher(Files.readString(page)).replaceAll("");
    }

    /** The anchors that GitHub gives the headings of a page; a heading that comes again gets a number. */
    private static Set<String> anchors(Path page) throws IOException {
        List<String> headings = HEADING.matcher(prose(page))
                .results()
                .map(found -> anchor(found.group(1)))
                .toList();
        Set<String> numbered = headings.stream().collect(toCollection(HashSet::new));
        for (String heading : headings.stream().collect(toSet())) {
            long times = headings.stream().filter(heading::equals).count();
            for (int i = 1; i < times; i++) {
                numbered.add(heading + "-" + i);
            }
        }
        return numbered;
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }
}
