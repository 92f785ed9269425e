package dev.pgkeep.cli;

import dev.pgkeep.app.trust.Approval;
import dev.pgkeep.app.trust.NamedProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Shows what a file wants to run, and asks. {@code --yes} is no answer: scripts that have it read files of others too.
 */
final class TrustQuestion implements Approval {
    private final Session session;

    TrustQuestion(Session session) {
        this.session = session;
    }

    @Override
    public Answer ask(Path file, List<NamedProgram> programs) {
        if (!session.console().isInteractive()) {
            return Answer.NOBODY_THERE;
        }
        session.finishProgress();
        var err = session.console().err();
        err.line(session.path(file) + " names programs that you have not allowed yet:");
        programs.forEach(program -> err.line("  " + line(program)));
        String answer = session.console().readLine("Run them when they are needed, now and later? [y/N] ");
        return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT))
                ? Answer.YES
                : Answer.NO;
    }

    static String line(NamedProgram program) {
        return program.key() + " = " + program.shown();
    }
}
