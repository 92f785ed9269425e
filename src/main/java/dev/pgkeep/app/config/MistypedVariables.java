package dev.pgkeep.app.config;

import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.units.Words;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds environment variables that were probably meant for pgkeep and misspelt. */
final class MistypedVariables {
    /** What the launcher reads, or sets; nobody means these by another name. */
    private static final Set<String> LAUNCHER = Set.of("PGKEEP_JVM", "PGKEEP_JAVA_OPTS", "PGKEEP_LAUNCHER");

    private MistypedVariables() {}

    static List<String> notes(Map<String, String> environment) {
        Set<String> known = new TreeSet<>();
        Keys.ALL.forEach(key -> {
            known.add(key.variable());
            key.others().stream().filter(name -> name.startsWith("PGKEEP_")).forEach(known::add);
        });
        known.add(Trust.VARIABLE);
        return environment.keySet().stream()
                .filter(name -> name.startsWith("PGKEEP_") && !known.contains(name) && !LAUNCHER.contains(name))
                .sorted()
                .flatMap(name -> Words.nearest(name, known)
                        .map(near -> "the variable " + name + " means nothing; did you mean " + near + "?")
                        .stream())
                .toList();
    }
}
