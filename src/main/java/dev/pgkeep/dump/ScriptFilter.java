package dev.pgkeep.dump;

import dev.pgkeep.manifest.TableName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets through the part of a script that a restore wants, statement by statement. It works on what pg_dump writes; a
 * statement that it does not know is let through as it is, unless only rows are wanted.
 */
final class ScriptFilter implements SqlScanner.Visitor {
    private static final Pattern SETTING = Pattern.compile("(?s)SET (\\w+) = .*");
    private static final Pattern OWNER = Pattern.compile("(?s)ALTER .* OWNER TO .*;\\s*");
    private static final Pattern RIGHTS =
            Pattern.compile("(?s)(GRANT|REVOKE|ALTER DEFAULT PRIVILEGES|SET SESSION AUTHORIZATION)\\b.*");
    private static final Pattern OTHER_DATABASE = Pattern.compile(
            "(?s)((CREATE|DROP|ALTER) DATABASE|COMMENT ON DATABASE|SECURITY LABEL .*ON DATABASE|(GRANT|REVOKE) .* ON DATABASE)\\b.*");
    private static final Pattern GIVEN =
            Pattern.compile("(?s)(CREATE SCHEMA public;|CREATE EXTENSION IF NOT EXISTS plpgsql\\b).*");
    private static final Pattern OWNERS_ONLY =
            Pattern.compile("(?s)COMMENT ON (EXTENSION|SCHEMA public\\b|SCHEMA \"public\").*");
    private static final Pattern ROWS = Pattern.compile("(?s)(INSERT INTO |SELECT pg_catalog\\.setval\\().*");
    private static final Pattern LARGE_OBJECT = Pattern.compile(
            "(?s)(SELECT pg_catalog\\.lo(_create|_open|write|_close)\\(|ALTER LARGE OBJECT |BEGIN;|COMMIT;).*");
    private static final Pattern SESSION = Pattern.compile("(?s)(SET \\w+ = |SELECT pg_catalog\\.set_config\\().*");

    private final OutputStream out;
    private final ScriptChoice choice;
    private final Set<String> skipped = new LinkedHashSet<>();
    private boolean inSkippedCopy;
    /** Whether the statement that comes in pieces is let through. */
    private boolean longWanted = true;

    ScriptFilter(OutputStream out, ScriptChoice choice) {
        this.out = out;
        this.choice = choice;
    }

    /** What was left out although it was asked for, one line each. */
    Set<String> skipped() {
        return skipped;
    }

    @Override
    public void statement(byte[] text, int codeStart) throws IOException {
        longWanted = true;
        if (wanted(code(text, codeStart))) {
            out.write(text);
        } else {
            out.write('\n');
        }
    }

    @Override
    public void longStatement(byte[] text, int codeStart) throws IOException {
        longWanted = wanted(code(text, codeStart));
        other(text, 0, text.length);
    }

    @Override
    public void other(byte[] bytes, int from, int length) throws IOException {
        if (longWanted) {
            out.write(bytes, from, length);
        }
    }

    @Override
    public void metaCommand(byte[] line) throws IOException {
        String text = new String(line, StandardCharsets.UTF_8).strip();
        if (text.matches("\\\\(c|connect)\\b.*")) {
            skipped.add("the line " + text + ": everything goes into the chosen database");
            return;
        }
        if (!text.matches("\\\\(un)?restrict\\b.*") || choice.knowsRestrict()) {
            out.write(line);
        }
    }

    @Override
    public void copyStart(byte[] text, int codeStart) throws IOException {
        inSkippedCopy = choice.part() == ScriptChoice.Part.SCHEMA || !chosen(text, codeStart);
        if (!inSkippedCopy) {
            out.write(text);
        }
    }

    @Override
    public void copyData(byte[] bytes, int from, int length) throws IOException {
        if (!inSkippedCopy) {
            out.write(bytes, from, length);
        }
    }

    @Override
    public void copyEnd(long rows, byte[] terminator) throws IOException {
        if (!inSkippedCopy) {
            out.write(terminator);
        }
        inSkippedCopy = false;
    }

    private boolean chosen(byte[] text, int codeStart) {
        Predicate<TableName> tables = choice.tables();
        return CopyStatement.parse(text, codeStart, StandardCharsets.UTF_8)
                .map(copy -> tables.test(copy.table()))
                .orElse(true);
    }

    private static String code(byte[] text, int codeStart) {
        return new String(text, codeStart, text.length - codeStart, StandardCharsets.ISO_8859_1);
    }

    private boolean wanted(String code) {
        return switch (choice.part()) {
            case ALL -> allowed(code);
            case SCHEMA ->
                allowed(code)
                        && !ROWS.matcher(code).matches()
                        && !LARGE_OBJECT.matcher(code).matches();
            case ROWS -> (ROWS.matcher(code).matches() || SESSION.matcher(code).matches()) && allowed(code);
        };
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
                || (!choice.superuser() && OWNERS_ONLY.matcher(code).matches())) {
            return false;
        }
        return (choice.owners() || !OWNER.matcher(code).matches())
                && (choice.grants() || !RIGHTS.matcher(code).matches());
    }
}
