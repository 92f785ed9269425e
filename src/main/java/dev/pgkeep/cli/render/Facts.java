package dev.pgkeep.cli.render;

import dev.pgkeep.postgres.connect.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Names and values below each other, the values in one column. */
public final class Facts {
    private final List<String[]> facts = new ArrayList<>();

    public Facts add(String name, String value) {
        facts.add(new String[] {name, value});
        return this;
    }

    public Facts add(String name, Optional<String> value) {
        value.filter(text -> !text.isBlank()).ifPresent(text -> add(name, text));
        return this;
    }

    /** A server: where it is, its version, and as whom. @param version as people say it, as 16.4 */
    public static String server(Target target, String version) {
        return target.describeServer() + ", PostgreSQL " + version + ", as " + target.user();
    }

    public boolean isEmpty() {
        return facts.isEmpty();
    }

    /** The lines, indented by two spaces. */
    public List<String> lines(Style style) {
        int width = facts.stream().mapToInt(fact -> fact[0].length()).max().orElse(0);
        return facts.stream()
                .map(fact -> "  " + style.dim(fact[0] + " ".repeat(width - fact[0].length())) + "  " + fact[1])
                .toList();
    }
}
