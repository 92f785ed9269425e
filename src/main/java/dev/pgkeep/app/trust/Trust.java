package dev.pgkeep.app.trust;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads files of the configuration, and lets programs be run that they name: one for each run.
 *
 * <p>A file of another user, or one that others may write, is refused unless it was allowed with exactly this content.
 * A program that a file names is run when it was allowed before; otherwise a person is asked, once, and without a
 * person it is refused. Commands that are run because somebody called for them need that only in a working tree, which
 * may be a clone of somebody else's; elsewhere the file is the user's own. {@code PGKEEP_TRUST} of the process, never
 * of a file, allows both in advance.
 */
public final class Trust {
    /** Files and folders that are trusted, or {@code all}. */
    public static final String VARIABLE = "PGKEEP_TRUST";

    private static final String ALL = "all";
    private static final int ATTEMPTS = 3;

    private final Account account;
    private final TrustList list;
    private final boolean all;
    private final List<Path> places;
    private final Approval approval;
    private final boolean inspecting;
    private final Map<Path, Seen> seen = new LinkedHashMap<>();
    private final Set<NamedProgram> programs = new LinkedHashSet<>();

    /**
     * A file that was read.
     *
     * @param objection why others may have written it
     */
    public record Seen(Path path, byte[] content, Optional<String> objection) {}

    private Trust(
            Account account, TrustList list, boolean all, List<Path> places, Approval approval, boolean inspecting) {
        this.account = account;
        this.list = list;
        this.all = all;
        this.places = places;
        this.approval = approval;
        this.inspecting = inspecting;
    }

    /**
     * @param list what the user has allowed
     * @param variable the value of {@code PGKEEP_TRUST}, empty for none
     * @param folder what relative paths in it are relative to
     */
    public static Trust of(Account account, TrustList list, String variable, Path folder, Approval approval) {
        boolean all = variable.strip().equals(ALL);
        List<Path> places = all ? List.of() : places(variable, folder);
        return new Trust(account, list, all, places, approval, false);
    }

    /** Trust in everything: all may be read and run. */
    public static Trust everything() {
        Account nobody = Account.of(java.util.OptionalInt.empty(), Map.of());
        return new Trust(nobody, new TrustList(Path.of("nowhere"), nobody), true, List.of(), Approval.NOBODY, false);
    }

    /** This trust for looking at files in order to allow them: reads all of them, runs nothing. */
    public Trust inspecting() {
        return new Trust(account, list, all, places, Approval.NOBODY, true);
    }

    public TrustList list() {
        return list;
    }

    /**
     * Reads a file of the configuration.
     *
     * @throws PgkeepException CONFIG_UNTRUSTED when others may have written it
     */
    public byte[] read(Path file) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<FileState> before = FileState.of(file);
            Optional<String> objection = Ownership.objection(file, before, account);
            boolean free = objection.isEmpty() || inspecting || covers(file);
            if (!free && !list.knowsContent(file)) {
                throw foreign(file, objection.orElse(""));
            }
            byte[] content = Files.readAllBytes(file);
            if (!before.equals(FileState.of(file))) {
                continue;
            }
            if (!free && !list.entries().contains(TrustList.Entry.ofContent(file, content))) {
                throw foreign(file, objection.orElse("") + " and was changed since it was allowed");
            }
            seen.put(file, new Seen(file, content, objection));
            return content;
        }
        throw new NoSuchFileException(file.toString(), null, "it changes all the time");
    }

    /** Says that a file which was read names a program. */
    public void named(NamedProgram program) {
        programs.add(program);
    }

    /** Every file that was read. */
    public List<Seen> files() {
        return List.copyOf(seen.values());
    }

    /** The programs that a file names. */
    public List<NamedProgram> programs(Path file) {
        return programs.stream().filter(each -> each.file().equals(file)).toList();
    }

    /**
     * Makes sure that a program may be run; asks where somebody sits there.
     *
     * @throws PgkeepException CONFIG_UNTRUSTED when it may not
     */
    public void require(NamedProgram program) {
        named(program);
        if (covers(program.file()) || program.isAskedFor() && !WorkingTree.holds(program.file())) {
            return;
        }
        Set<TrustList.Entry> allowed = list.entries();
        if (allowed.contains(TrustList.Entry.of(program))) {
            return;
        }
        List<NamedProgram> unknown = programs(program.file()).stream()
                .filter(each -> !allowed.contains(TrustList.Entry.of(each)))
                .toList();
        switch (inspecting ? Approval.Answer.NO : approval.ask(program.file(), unknown)) {
            case YES -> list.add(unknown.stream().map(TrustList.Entry::of).toList());
            case NO ->
                throw new PgkeepException(
                        ErrorCode.CONFIG_UNTRUSTED,
                        "not allowed, so nothing was run: " + program.origin(),
                        "take it out of the file, or allow it later: pgkeep trust");
            case NOBODY_THERE -> throw unasked(program);
        }
    }

    /** Allows a file that was read, as it is, and the programs that it names. */
    public void allow(Path file) {
        List<TrustList.Entry> entries = new ArrayList<>();
        Optional.ofNullable(seen.get(file))
                .filter(each -> each.objection().isPresent())
                .ifPresent(each -> entries.add(TrustList.Entry.ofContent(file, each.content())));
        programs(file).forEach(program -> entries.add(TrustList.Entry.of(program)));
        list.add(entries);
    }

    private boolean covers(Path file) {
        if (all) {
            return true;
        }
        Path real = Path.of(TrustList.real(file));
        return places.stream().anyMatch(real::startsWith);
    }

    private static List<Path> places(String variable, Path folder) {
        return Arrays.stream(variable.split(File.pathSeparator))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> {
                    try {
                        return Optional.of(Path.of(TrustList.real(folder.resolve(text)))).stream();
                    } catch (InvalidPathException e) {
                        return Optional.<Path>empty().stream();
                    }
                })
                .toList();
    }

    private static PgkeepException foreign(Path file, String objection) {
        return new PgkeepException(
                ErrorCode.CONFIG_UNTRUSTED,
                file + " " + objection + ": it is not read",
                "it decides where your data goes and what is run. If you know what is in it: pgkeep trust " + file
                        + "; in CI and containers: " + VARIABLE + "=" + file);
    }

    private static PgkeepException unasked(NamedProgram program) {
        return new PgkeepException(
                ErrorCode.CONFIG_UNTRUSTED,
                program.origin() + " names a program that nobody has allowed yet: " + program.shown(),
                "allow it once, as the user who runs this: pgkeep trust " + program.file() + "; in CI: " + VARIABLE
                        + "=" + program.file());
    }
}
