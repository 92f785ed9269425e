package dev.pgkeep.operation.init;

import java.util.List;
import java.util.Optional;

/**
 * The kind of project that a folder turned out to be.
 *
 * @param kinds what was found, for people, for instance {@code Node.js (pnpm)}, {@code Prisma}
 * @param node its package manager, when it has a {@code package.json}: npm, yarn, pnpm or bun
 * @param migrate the command that brings the schema up to date
 * @param seed the command that fills a new database
 * @param afterRestore the command to run after a restore
 */
public record Project(
        List<String> kinds,
        Optional<String> node,
        Optional<String> migrate,
        Optional<String> seed,
        Optional<String> afterRestore) {
    public Project {
        kinds = List.copyOf(kinds);
    }
}
