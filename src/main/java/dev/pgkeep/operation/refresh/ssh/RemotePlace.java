package dev.pgkeep.operation.refresh.ssh;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file or folder on another machine: {@code ssh://user@host:port/path}; {@code /~/} begins in the home folder.
 *
 * @param user empty where ssh's configuration says who
 * @param host a name, an address, or an alias of ssh's configuration
 * @param port empty for ssh's default
 * @param path absolute, or beginning with {@code ~/}
 */
public record RemotePlace(Optional<String> user, String host, Optional<Integer> port, String path) {
    private static final String SCHEME = "ssh://";
    private static final Pattern FORM = Pattern.compile("ssh://(?:(?<user>[A-Za-z0-9_][A-Za-z0-9_.+-]*)@)?"
            + "(?:(?<host>[A-Za-z0-9_][A-Za-z0-9_.-]*)|\\[(?<six>[0-9A-Fa-f:.]+)])"
            + "(?::(?<port>[0-9]{1,5}))?(?<path>/[^\\n\\r\\x00]+)");

    /** Whether a text means such a place. */
    public static boolean looksLikeOne(String text) {
        return text.startsWith(SCHEME);
    }

    /** @throws PgkeepException USAGE; the text is not repeated, since it may hold a password */
    public static RemotePlace parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            boolean password = text.matches("ssh://[^/@]*:[^/@]*@.*");
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    password ? "an ssh:// place takes no password" : "that is not an ssh:// place",
                    password
                            ? "use a key: ssh-copy-id, or an agent"
                            : "write it as ssh://user@host/path or ssh://user@host:port/path");
        }
        String path = match.group("path");
        String host = match.group("host") == null ? match.group("six") : match.group("host");
        return new RemotePlace(
                Optional.ofNullable(match.group("user")),
                host,
                Optional.ofNullable(match.group("port")).map(Integer::valueOf),
                path.startsWith("/~/") ? path.substring(1) : path);
    }

    /** The last part of the path. */
    String fileName() {
        String shorter = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return shorter.substring(shorter.lastIndexOf('/') + 1);
    }

    /** Options of ssh, and the host. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        user.ifPresent(name -> words.addAll(List.of("-l", name)));
        port.ifPresent(number -> words.addAll(List.of("-p", number.toString())));
        words.addAll(List.of("--", host));
        return words;
    }

    /** The path as a shell takes it. */
    String quotedPath() {
        return path.startsWith("~/") ? "\"$HOME\"/" + ShellWords.quoted(path.substring(2)) : ShellWords.quoted(path);
    }

    @Override
    public String toString() {
        return SCHEME
                + user.map(name -> name + "@").orElse("")
                + (host.contains(":") ? "[" + host + "]" : host)
                + port.map(number -> ":" + number).orElse("")
                + (path.startsWith("~") ? "/" : "")
                + path;
    }
}
