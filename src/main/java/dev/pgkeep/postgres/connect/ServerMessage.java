package dev.pgkeep.postgres.connect;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Takes apart what a failure says. Servers speak many languages: states and routines are the same in all. */
final class ServerMessage {
    /** {@code SQL function "slug" during inlining}, {@code PL/pgSQL function shop.rate() line 3 at …} */
    private static final Pattern FUNCTION =
            Pattern.compile("^(?:SQL|PL/\\w+) function \"?(.+?)\"? (?:during|statement|line|while)", Pattern.MULTILINE);

    private ServerMessage() {}

    /** The message in one line, without the severity in front and the position behind. */
    static String line(SQLException failure) {
        String text = server(failure)
                .map(message -> text(message.getMessage()) + detail(message))
                .orElseGet(() -> text(failure.getMessage()));
        String line = text.strip().replaceAll("\\s*\\R\\s*", "; ");
        return line.isEmpty() ? "no reason given" : line;
    }

    /** The message without the details, in which the server quotes rows. */
    static String bare(SQLException failure) {
        return server(failure)
                .map(message -> text(message.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; "))
                .orElseGet(() -> line(failure));
    }

    static String state(SQLException failure) {
        return text(failure.getSQLState());
    }

    /** Whether it was the server that said no, rather than the driver or the network. */
    static boolean fromServer(SQLException failure) {
        return server(failure).isPresent();
    }

    /** The function of the server that raised the error, or an empty text. */
    static String routine(SQLException failure) {
        return server(failure).map(message -> text(message.getRoutine())).orElse("");
    }

    static String hint(SQLException failure) {
        return server(failure).map(message -> text(message.getHint())).orElse("");
    }

    /** The function in whose body the error is, as the server names it. */
    static Optional<String> function(SQLException failure) {
        return server(failure)
                .map(message -> FUNCTION.matcher(text(message.getWhere())))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1));
    }

    private static Optional<ServerErrorMessage> server(SQLException failure) {
        return failure instanceof PSQLException known
                ? Optional.ofNullable(known.getServerErrorMessage())
                : Optional.empty();
    }

    private static String detail(ServerErrorMessage message) {
        String detail = text(message.getDetail());
        return detail.isEmpty() ? "" : " (" + detail + ")";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
