package dev.pgkeep.app.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.app.trust.Approval.Answer;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustTest {
    private static final int SOMEBODY = 12_345;

    @TempDir
    Path folder;

    private Path file;
    private int me;
    private final List<String> asked = new ArrayList<>();
    private Answer answer = Answer.NOBODY_THERE;

    @BeforeEach
    void make() throws IOException {
        file = Files.writeString(folder.resolve("pgkeep.toml"), "jobs = 1\n");
        me = (Integer) Files.getAttribute(file, "unix:uid");
        Files.createDirectory(folder.resolve(".git"));
    }

    @Test
    void commands_that_somebody_calls_for_need_to_be_allowed_in_a_working_tree_alone() throws IOException {
        NamedProgram tools = new NamedProgram(file, "client-tools", "bin", "client-tools in pgkeep.toml line 1");
        assertThatThrownBy(() -> trust().require(program("make"))).isInstanceOf(PgkeepException.class);
        Files.delete(folder.resolve(".git"));
        trust().require(program("make"));
        assertThatThrownBy(() -> trust().require(tools)).isInstanceOf(PgkeepException.class);
    }

    @Test
    void an_own_file_is_read() throws IOException {
        assertThat(trust().read(file)).asString().isEqualTo("jobs = 1\n");
    }

    @Test
    void a_file_of_somebody_else_is_refused_with_the_way_to_trust_it() throws IOException {
        give(file, SOMEBODY);
        assertThatThrownBy(() -> trust().read(file)).isInstanceOfSatisfying(PgkeepException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_UNTRUSTED);
            assertThat(failure.getMessage()).contains(file.toString(), "belongs to");
            assertThat(failure.hint()).contains("pgkeep trust " + file, "PGKEEP_TRUST=" + file);
        });
    }

    @Test
    void what_root_owns_is_good_enough_for_everybody() throws IOException {
        assumeTrue(me == 0, "only root has files of root");
        assertThat(of(account(SOMEBODY), "").read(file)).isNotEmpty();
    }

    @Test
    void by_sudo_root_reads_what_the_caller_owns_and_nobody_elses() throws IOException {
        give(file, SOMEBODY);
        Account sudo = Account.of(OptionalInt.of(0), Map.of("SUDO_UID", "" + SOMEBODY));
        assertThat(of(sudo, "").read(file)).isNotEmpty();
        refused(() ->
                of(Account.of(OptionalInt.of(0), Map.of("SUDO_UID", "77")), "").read(file));
        refused(() -> of(Account.of(OptionalInt.of(77), Map.of("SUDO_UID", "" + SOMEBODY)), "")
                .read(file));
    }

    @Test
    void a_file_that_everybody_may_write_or_replace_is_refused() throws IOException {
        mode(file, "rw-rw-rw-");
        refused(() -> trust().read(file));
        mode(file, "rw-r--r--");
        mode(folder, "rwxrwxrwx");
        refused(() -> trust().read(file));
        Files.setAttribute(folder, "unix:mode", 01777);
        assertThat(trust().read(file)).isNotEmpty();
    }

    @Test
    void a_group_may_write_only_where_it_is_the_owner_alone() throws IOException {
        assumeTrue(me == 0, "only root gives files to other groups");
        mode(file, "rw-rw-r--");
        Files.setAttribute(file, "unix:gid", 0);
        assertThat(trust().read(file)).isNotEmpty();
        Files.setAttribute(file, "unix:gid", SOMEBODY);
        refused(() -> trust().read(file));
    }

    @Test
    void a_link_is_as_good_as_its_target_and_as_who_made_it() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Path target = Files.writeString(open.resolve("real"), "");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertThat(trust().read(link)).isEmpty();
        mode(open, "rwxrwxrwx");
        refused(() -> trust().read(link));
        mode(open, "rwxr-xr-x");
        assumeTrue(me == 0, "only root gives links away");
        Files.setAttribute(link, "unix:uid", SOMEBODY, java.nio.file.LinkOption.NOFOLLOW_LINKS);
        refused(() -> trust().read(link));
    }

    @Test
    void an_allowed_file_is_read_until_it_changes() throws IOException {
        give(file, SOMEBODY);
        Trust looking = trust().inspecting();
        looking.read(file);
        looking.allow(file);
        assertThat(trust().read(file)).asString().isEqualTo("jobs = 1\n");
        Files.writeString(file, "jobs = 2\n");
        refused(() -> trust().read(file));
    }

    @Test
    void the_variable_allows_files_and_folders_and_everything() throws IOException {
        give(file, SOMEBODY);
        Path other = Files.createDirectory(folder.resolve("other"));
        for (String good :
                List.of("all", file.toString(), folder.toString(), other + ":" + folder, "pgkeep.toml", ".")) {
            assertThat(of(account(me), good).read(file)).as(good).isNotEmpty();
            of(account(me), good).require(program("make"));
        }
        for (String bad : List.of("", "no", other.toString(), folder + "x", "ALL", ":")) {
            refused(() -> of(account(me), bad).read(file));
            refused(() -> of(account(me), bad).require(program("make")));
        }
    }

    @Test
    void a_program_is_asked_about_once_and_again_when_it_changes() {
        answer = Answer.YES;
        trust().require(program("make"));
        trust().require(program("make"));
        assertThat(asked).containsExactly("make");
        trust().require(program("make all"));
        trust().require(program("make"));
        assertThat(asked).containsExactly("make", "make all");
        NamedProgram elsewhere = new NamedProgram(folder.resolve("other.toml"), "commands.migrate", "make", "there");
        trust().require(elsewhere);
        assertThat(asked).containsExactly("make", "make all", "make");
    }

    @Test
    void all_programs_of_a_file_are_asked_about_at_once() {
        answer = Answer.YES;
        Trust trust = trust();
        trust.named(program("make"));
        trust.named(new NamedProgram(file, "commands.seed", "seed", "line 2"));
        trust.require(program("make"));
        assertThat(asked).containsExactly("make, seed");
        trust().require(new NamedProgram(file, "commands.seed", "seed", "line 2"));
        refused(() -> {
            answer = Answer.NOBODY_THERE;
            trust().require(new NamedProgram(file, "commands.migrate", "seed", "line 2"));
        });
    }

    @Test
    void a_program_is_refused_where_nobody_answers_or_the_answer_is_no() {
        refused(() -> trust().require(program("make")));
        answer = Answer.NO;
        refused(() -> trust().require(program("make")));
        assertThat(list().entries()).isEmpty();
    }

    @Test
    void the_list_is_private_and_not_read_when_others_may_write_it() throws IOException {
        answer = Answer.YES;
        trust().require(program("make"));
        Path path = list().path();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())))
                .isEqualTo("rwx------");
        mode(path, "rw-rw-rw-");
        refused(() -> trust().require(program("make")));
    }

    @Test
    void what_is_shown_of_a_program_plays_no_tricks_on_a_terminal() {
        assertThat(program("rm -rf /\u001b[2K\r\u202emake PGPASSWORD=abc").shown())
                .doesNotContain("\u001b", "\r", "\u202e", "abc")
                .startsWith("rm -rf /");
    }

    private NamedProgram program(String line) {
        return new NamedProgram(file, "commands.migrate", line, "commands.migrate in pgkeep.toml line 1");
    }

    private Trust trust() {
        return of(account(me), "");
    }

    private Trust of(Account account, String variable) {
        return Trust.of(account, new TrustList(list().path(), account), variable, folder, (path, programs) -> {
            asked.add(
                    String.join(", ", programs.stream().map(NamedProgram::value).toList()));
            return answer;
        });
    }

    private TrustList list() {
        return new TrustList(folder.resolve("home/.config/pgkeep/trusted"), account(me));
    }

    private static Account account(int uid) {
        return Account.of(OptionalInt.of(uid), Map.of());
    }

    /** Root gives a file away; anybody else becomes another user in the eyes of pgkeep. */
    private void give(Path path, int uid) throws IOException {
        assumeTrue(me == 0, "only root gives files away");
        Files.setAttribute(path, "unix:uid", uid);
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PgkeepException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_UNTRUSTED));
    }
}
