package dev.pgkeep.postgres.connect;

import java.util.regex.Pattern;

/** Takes passwords out of what a client program or a server said; statements that failed are quoted in full there. */
public final class Redaction {
    private static final Pattern URL_PASSWORD = Pattern.compile("(://[^\\s:/@]*:)\\S+(?=@)");
    private static final Pattern SQL_PASSWORD =
            Pattern.compile("(?i)(\\bpassword\"?\\s*=?\\s*(?:to\\s+)?)E?'(?:[^']++|'')*+('|$)");
    private static final Pattern CONNECTION_PASSWORD =
            Pattern.compile("(?i)(\\b(?:ssl)?password\\s*=\\s*)(?![\\s'*])[^\\s&'\"]+");
    private static final Pattern VERIFIER = Pattern.compile("(SCRAM-SHA-256\\$|\\bmd5)[0-9a-zA-Z$:+/=]{16,}");

    private Redaction() {}

    /** The text without what looks like a password. */
    public static String redact(String text) {
        String clean = URL_PASSWORD.matcher(text).replaceAll("$1***");
        clean = SQL_PASSWORD.matcher(clean).replaceAll("$1'***'");
        clean = CONNECTION_PASSWORD.matcher(clean).replaceAll("$1***");
        return VERIFIER.matcher(clean).replaceAll("***");
    }
}
