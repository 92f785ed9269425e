package dev.pgkeep.postgres.tools;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Faults of PostgreSQL's own programs that somebody could use against who runs pgkeep, and the release of each major
 * version that is the first without. The table is all there is: majors before the oldest in it never got the fix,
 * majors after the newest always had it. A distribution may have mended an older release, which its number does not
 * tell.
 */
public enum KnownHole {
    /** Whoever made an archive runs code as whoever reads it, also without a server: {@code --list} reads it too. */
    CRAFTED_ARCHIVE(
            "pg_restore",
            "an archive can be crafted so that reading it runs its maker's code on this machine",
            "CVE-2026-116314",
            "18.7 17.12 16.16 15.20 14.25"),
    /** What follows {@code \\unrestrict} was expanded like any argument, backquotes included. */
    UNRESTRICT(
            "psql",
            "a script can run its maker's commands on this machine, although psql restricts it",
            "CVE-2026-18408",
            "18.6 17.11 16.15 15.19 14.24"),
    /** Answers about large objects went into buffers of a fixed size. */
    LARGE_OBJECT_ANSWERS(
            "pg_dump",
            "a server's superuser can overwrite memory of the program that reads its large objects",
            "CVE-2026-6477",
            "18.4 17.10 16.14 15.18 14.23"),
    /** Line breaks in names ended comments. */
    NAMES_IN_COMMENTS(
            "pg_dump",
            "an object's name can put commands into dumps",
            "CVE-2025-8715",
            "18.0 17.6 16.10 15.14 14.19 13.22"),
    /** Between looking and reading, a table could become a view. */
    TABLE_BECOMES_VIEW(
            "pg_dump",
            "a table's owner can run code as the role that dumps it",
            "CVE-2024-7348",
            "17.0 16.4 15.8 14.13 13.16 12.20"),
    /**
     * Of a snapshot that is exported during recovery, transactions in progress were left out when there were many
     * subtransactions. Who imports it takes them for aborted, and writes so beside the rows, for good.
     */
    STANDBY_SNAPSHOT(
            "server",
            "on a standby, sessions that share a snapshot can mark rows of running transactions as never written",
            "commit “Don't discard subxip when exporting a snapshot taken during recovery”",
            "18.7 17.12 16.16 15.20 14.25");

    private static final String SERVER = "server";

    private final String program;
    private final String danger;
    private final String source;
    private final List<Version> fixed;

    KnownHole(String program, String danger, String source, String fixed) {
        this.program = program;
        this.danger = danger;
        this.source = source;
        this.fixed = Arrays.stream(fixed.split(" "))
                .map(each -> Version.parse(each).orElseThrow())
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** The holes that concern client programs of a version, in the order of the table. */
    public static List<KnownHole> ofClients(Version version) {
        return Arrays.stream(values())
                .filter(hole -> !hole.program.equals(SERVER) && hole.isIn(version))
                .toList();
    }

    /** Whether a program of this version has it. */
    public boolean isIn(Version version) {
        return fixed.stream()
                .filter(each -> each.majorText().equals(version.majorText()))
                .findFirst()
                .map(first -> version.compareTo(first) < 0)
                .orElseGet(() -> fixed.getLast().compareTo(version) > 0);
    }

    /** The version to go to from one that has it: within its major version, or the newest where that never got it. */
    public Version fixFor(Version version) {
        return fixed.stream()
                .filter(each -> each.majorText().equals(version.majorText()))
                .findFirst()
                .orElse(fixed.getFirst());
    }

    /** The version to go to from one that has all of these. */
    public static Version fixOfAll(List<KnownHole> holes, Version version) {
        return holes.stream()
                .map(hole -> hole.fixFor(version))
                .max(Comparator.naturalOrder())
                .orElse(version);
    }

    /** The first releases without it, for instance {@code 18.7, 17.12 or 16.16}. */
    public String firstFixed() {
        String all = fixed.stream().map(Version::toString).collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " or " + all.substring(last + 2);
    }

    /** The program with the hole, for instance {@code pg_restore}, or {@code server}. */
    public String program() {
        return program;
    }

    /** The danger as half a sentence. */
    public String danger() {
        return danger;
    }

    /** The place where the hole is described. */
    public String source() {
        return source;
    }
}
