package dev.pgkeep.base.secret;

import java.util.regex.Pattern;

/**
 * Takes secrets out of what a client program, a server or a command of the application said: those that are known, and
 * whatever looks like a password. Statements that failed are quoted in full there.
 */
public final class Redaction {
    private static final Pattern URL_PASSWORD = Pattern.compile("(://[^\\s:/@]*:)\\S+(?=@)");
    private static final Pattern SQL_PASSWORD =
            Pattern.compile("(?i)(\\bpassword\"?\\s*=?\\s*(?:to\\s+)?)E?'(?:[^']++|'')*+('|$)");
    private static final Pattern CONNECTION_PASSWORD = Pattern.compile(
            "(?i)(\\b\\w*(?:password|passwd|passphrase)\\s*=\\s*)(?:\"[^\"]+\"|(?![\\s'*])[^\\s&'\"]+)");
    /** Variables as {@code env} prints them. PWD alone is a folder. */
    private static final Pattern VARIABLE = Pattern.compile(
            "(\\b[A-Z0-9_]*(?:SECRET|TOKEN|_PWD|(?:API|PRIVATE|ACCESS)_?KEY)[A-Z0-9_]*=)(?![\\s'\"*])[^\\s&'\"]+");

    private static final Pattern VERIFIER = Pattern.compile("(SCRAM-SHA-256\\$|\\bmd5)[0-9a-zA-Z$:+/=]{16,}");

    private Redaction() {}

    /** The text without secrets and what looks like a password. */
    public static String redact(String text) {
        String clean = URL_PASSWORD.matcher(KnownSecrets.mask(text)).replaceAll("$1***");
        clean = SQL_PASSWORD.matcher(clean).replaceAll("$1'***'");
        clean = CONNECTION_PASSWORD.matcher(clean).replaceAll("$1***");
        clean = VARIABLE.matcher(clean).replaceAll("$1***");
        return VERIFIER.matcher(clean).replaceAll("***");
    }
}
