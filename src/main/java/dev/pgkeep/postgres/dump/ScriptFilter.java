package dev.pgkeep.postgres.dump;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets through the part of a script that a restore wants, statement by statement. It works on what pg_dump writes; a
 * statement that it does not know is let through as it is, unless only rows are wanted.
 */
final class ScriptFilter implements ScriptVisitor {
    private static final Pattern SETTING = pattern("SET\\s+(?:SESSION\\s+|LOCAL\\s+)?(\\w+)\\s*(?:=|\\bTO\\b).*");
    private static final Pattern RIGHTS =
            pattern("(GRANT|REVOKE|ALTER\\s+DEFAULT\\s+PRIVILEGES|SET\\s+SESSION\\s+AUTHORIZATION)\\b.*");
    private static final Pattern OTHER_DATABASE = pattern("((CREATE|DROP|ALTER)\\s+DATABASE|COMMENT\\s+ON\\s+DATABASE"
            + "|SECURITY\\s+LABEL\\s[^;]*?ON\\s+DATABASE|(GRANT|REVOKE)\\s[^;]*?\\sON\\s+DATABASE"
            + "|UPDATE\\s+pg_catalog\\.pg_database)\\b.*");
    /**
     * The objects that every new database has; dropping them, as a dump made with --clean does, would leave it without.
     */
    private static final Pattern GIVEN = pattern(
            "(CREATE\\s+SCHEMA\\s+public\\s*;|DROP\\s+SCHEMA\\s+(IF\\s+EXISTS\\s+)?public\\s*;"
                    + "|CREATE\\s+EXTENSION\\s+IF\\s+NOT\\s+EXISTS\\s+plpgsql\\b|DROP\\s+EXTENSION\\s+(IF\\s+EXISTS\\s+)?plpgsql\\s*;).*");

    private static final Pattern MAKES_PUBLIC = pattern("CREATE\\s+SCHEMA\\s.*");
    private static final Pattern OWNERS_ONLY = pattern("COMMENT\\s+ON\\s+(EXTENSION|SCHEMA\\s+public)\\b.*");
    private static final Pattern ROWS = pattern("(INSERT\\s+INTO\\s|SELECT\\s+pg_catalog\\.setval\\().*");
    private static final Pattern LARGE_OBJECT =
            pattern("(SELECT pg_catalog\\.lo(_create|_open|write|_close)\\(|ALTER LARGE OBJECT ).*");
    private static final Pattern SESSION = pattern("(SET \\w+ = |SELECT pg_catalog\\.set_config\\().*");
    private static final int HEAD = 4096;

    private static final byte[] LINE = {'\n'};

    private final ScriptVisitor next;
    private final ScriptSettings settings;
    private final ScriptChoice choice;
    private final Set<String> skipped = new LinkedHashSet<>();
    private final SearchPath path = new SearchPath();
    private boolean inSkippedCopy;
    /** The script itself has dropped the schema {@code public}, so what makes it anew is meant. */
    private boolean publicDropped;
    /** Whether the statement that comes in pieces is let through. */
    private boolean longWanted = true;

    ScriptFilter(ScriptVisitor next, ScriptSettings settings, ScriptChoice choice) {
        this.next = next;
        this.settings = settings;
        this.choice = choice;
    }

    /** The things that were left out although they were asked for, one line each. */
    Set<String> skipped() {
        return skipped;
    }

    @Override
    public void startsAt(long line) {
        next.startsAt(line);
    }

    @Override
    public void end(byte[] text, int codeStart) throws IOException {
        if (codeStart == text.length || isWanted(text, codeStart)) {
            next.end(text, codeStart);
        }
    }

    @Override
    public boolean statement(byte[] text, int codeStart) throws IOException {
        Optional<CopyStatement> copy = CopyStatement.parse(text, codeStart, charset(), settings.standardStrings());
        if (copy.isPresent()) {
            inSkippedCopy = choice.part() == ScriptChoice.Part.SCHEMA
                    || !choice.tables().test(path.place(copy.get().table()));
            return inSkippedCopy || next.statement(text, codeStart);
        }
        if (isWanted(text, codeStart)) {
            return next.statement(text, codeStart);
        }
        next.other(LINE, 0, LINE.length);
        return false;
    }

    @Override
    public void longStatement(byte[] text, int codeStart) throws IOException {
        longWanted = isWanted(text, codeStart);
        if (longWanted) {
            next.longStatement(text, codeStart);
        }
    }

    @Override
    public void more(byte[] bytes, int from, int length) throws IOException {
        if (longWanted) {
            next.more(bytes, from, length);
        }
    }

    @Override
    public void longEnd() throws IOException {
        if (longWanted) {
            next.longEnd();
        }
    }

    @Override
    public void other(byte[] bytes, int from, int length) throws IOException {
        if (!inSkippedCopy) {
            next.other(bytes, from, length);
        }
    }

    @Override
    public void metaCommand(byte[] text, int codeStart) throws IOException {
        String line = new String(text, codeStart, text.length - codeStart, StandardCharsets.UTF_8).strip();
        if (ScriptRules.isConnect(line)) {
            skipped.add("the line " + line + ": everything goes into the chosen database");
        } else if (!ScriptRules.isRestrict(line)) {
            next.metaCommand(text, codeStart);
        }
    }

    @Override
    public void strayBehindCopy() throws IOException {
        next.strayBehindCopy();
    }

    @Override
    public void copyData(byte[] bytes, int from, int length) throws IOException {
        if (!inSkippedCopy) {
            next.copyData(bytes, from, length);
        }
    }

    @Override
    public void copyEnd(long rows, byte[] terminator) throws IOException {
        if (!inSkippedCopy) {
            next.copyEnd(rows, terminator);
        }
        inSkippedCopy = false;
    }

    private Charset charset() {
        return ClientEncoding.charset(settings.encoding());
    }

    private boolean chosenRows(byte[] text, int codeStart) {
        return CopyStatement.insertTable(text, codeStart, charset())
                        .map(path::place)
                        .map(choice.tables()::test)
                        .orElse(true)
                && CopyStatement.setvalSequence(text, codeStart, charset())
                        .map(path::place)
                        .map(choice.sequences()::test)
                        .orElse(true);
    }

    private boolean isWanted(byte[] text, int codeStart) {
        // What a statement is stands at its beginning, but for the owner, which short statements end with.
        int length = Math.min(text.length - codeStart, HEAD);
        String code = SqlWords.withoutComments(
                new String(text, codeStart, length, StandardCharsets.ISO_8859_1), settings.standardStrings());
        path.follow(code);
        boolean rows = ROWS.matcher(code).matches();
        if (rows && !chosenRows(text, codeStart)) {
            return false;
        }
        boolean wanted = switch (choice.part()) {
            case ALL -> allowed(code);
            case SCHEMA -> allowed(code) && !rows && !LARGE_OBJECT.matcher(code).matches();
            case ROWS -> (rows || SESSION.matcher(code).matches()) && allowed(code);
        };
        publicDropped |= wanted && dropsPublic(code);
        return wanted;
    }

    /** Whether a statement does nothing but {@code ALTER … OWNER TO name}. */
    private boolean changesOwner(String code) {
        SqlWords words = new SqlWords(code, settings.standardStrings()).next();
        if (!words.isWord("alter")) {
            return false;
        }
        int depth = 0;
        for (words.next(); depth > 0 || !words.isWord("owner"); words.next()) {
            depth += words.isSymbol('(') ? 1 : words.isSymbol(')') ? -1 : 0;
            // A list of changes, of which the others are wanted.
            if (words.kind() == SqlWords.Kind.END || depth == 0 && words.isSymbol(',')) {
                return false;
            }
        }
        return words.next().isWord("to")
                && words.next().isName()
                && words.next().isSymbol(';');
    }

    private boolean dropsPublic(String code) {
        SqlWords words = new SqlWords(code, settings.standardStrings()).next();
        if (!words.isWord("drop") || !words.next().isWord("schema")) {
            return false;
        }
        while (words.next().kind() != SqlWords.Kind.END) {
            if (words.isName() && words.word().equals("public")) {
                return true;
            }
        }
        return false;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    }

    private boolean allowed(String code) {
        Matcher setting = SETTING.matcher(code);
        if (setting.matches()) {
            return choice.serverKnows(setting.group(1));
        }
        if (OTHER_DATABASE.matcher(code).matches()) {
            skipped.add("statements about the database itself: it has been made already");
            return false;
        }
        if (GIVEN.matcher(code).matches()
                        && !(publicDropped && MAKES_PUBLIC.matcher(code).matches())
                || (!choice.superuser() && OWNERS_ONLY.matcher(code).matches())) {
            return false;
        }
        return (choice.owners() || !changesOwner(code))
                && (choice.grants() || !RIGHTS.matcher(code).matches());
    }
}
