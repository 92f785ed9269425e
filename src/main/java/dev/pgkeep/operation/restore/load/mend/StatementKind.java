package dev.pgkeep.operation.restore.load.mend;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of statements of a script, as far as second tries differ. */
enum StatementKind {
    /** Rows that follow in the script. */
    COPY("COPY\\s.*\\sFROM\\s+(?:stdin|stdout)\\b.*"),
    INSERT("INSERT\\s+INTO\\s.*"),
    /** Goes together with rows: settings, values of sequences. */
    BESIDE_ROWS("(?:SET\\s|SELECT\\s+(?:pg_catalog\\.)?(?:set_config|setval)\\s*\\().*"),
    /** A key that holds for all rows or is not there. */
    KEY("(?:CREATE\\s+UNIQUE\\s+INDEX\\s|ALTER\\s+TABLE\\s.*\\sADD\\s+CONSTRAINT\\s+" + Words.NAME
            + "\\s+(?:PRIMARY|UNIQUE|EXCLUDE)\\b).*"),
    /** A constraint that may be there without having been checked. */
    CONSTRAINT("ALTER\\s+(?:TABLE|DOMAIN|FOREIGN\\s+TABLE)\\s.*\\sADD\\s+CONSTRAINT\\s+" + Words.NAME
            + "\\s+(?:FOREIGN|CHECK)\\b.*"),
    /** Computed from rows, or depends on what is: nothing that follows needs it. */
    LATE("(?:CREATE\\s+INDEX|REFRESH\\s+MATERIALIZED\\s+VIEW|ALTER\\s+INDEX|ALTER\\s+TABLE\\s.*\\s(?:DIS|EN)ABLE\\s"
            + ".*\\bTRIGGER)\\s.*"),
    /** May need a key that was left out. */
    ON_KEY("(?:CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:VIEW|RULE)|COMMENT\\s+ON\\s+(?:CONSTRAINT|INDEX)"
            + "|ALTER\\s+TABLE\\s.*\\s(?:CLUSTER\\s+ON|REPLICA\\s+IDENTITY))\\s.*"),
    OTHER(".*");

    /** Names in patterns. */
    private static final class Words {
        private static final String NAME = "(?:\"(?:[^\"]|\"\")*\"|[^\\s\"(]+)";
        private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
        private static final Pattern TABLE =
                Pattern.compile("^(?:COPY|INSERT\\s+INTO)\\s+(?:ONLY\\s+)?((?:" + NAME + "\\.)?" + NAME + ")", FLAGS);
        private static final Pattern MADE = Pattern.compile(
                "^(?:CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+(?<index>" + NAME + ")\\s+ON\\s+(?:ONLY\\s+)?(?<on>" + NAME
                        + ")|ALTER\\s+(?:TABLE|DOMAIN|FOREIGN\\s+TABLE)\\s+(?:ONLY\\s+)?(?<table>" + NAME
                        + ")\\s+ADD\\s+CONSTRAINT\\s+(?<constraint>" + NAME + "))",
                FLAGS);
    }

    private static final Pattern SETTING = Pattern.compile(
            "SET\\s(?!\\s*LOCAL\\b)|SELECT\\s+(?:pg_catalog\\.)?set_config\\s*\\(", Pattern.CASE_INSENSITIVE);
    private static final int HEAD = 4096;
    private static final int SHOWN = 80;

    private final Pattern pattern;

    StatementKind(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** The kind of a statement by its beginning. */
    static StatementKind of(byte[] text, int codeStart) {
        String head = head(text, codeStart);
        return Arrays.stream(values())
                .filter(kind -> kind.pattern.matcher(head).matches())
                .findFirst()
                .orElse(OTHER);
    }

    /** Whether statements of the kind stand where rows go in. */
    boolean goesWithRows() {
        return this == COPY || this == INSERT || this == BESIDE_ROWS;
    }

    /** Whether a statement sets something for the session. */
    static boolean isSetting(byte[] text, int codeStart) {
        return SETTING.matcher(head(text, codeStart)).lookingAt();
    }

    /** The table of rows, or what a statement makes, for people. */
    static String describe(byte[] text, int codeStart) {
        String head = head(text, codeStart);
        Matcher table = Words.TABLE.matcher(head);
        if (table.find()) {
            return "the rows of " + table.group(1);
        }
        Matcher made = Words.MADE.matcher(head);
        if (made.find()) {
            return made.group("index") != null
                    ? "the index " + made.group("index") + " of " + made.group("on")
                    : "the constraint " + made.group("constraint") + " of " + made.group("table");
        }
        String line = head.strip().replaceAll("\\s+", " ");
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }

    private static String head(byte[] text, int codeStart) {
        return new String(text, codeStart, Math.min(HEAD, text.length - codeStart), StandardCharsets.UTF_8);
    }
}
