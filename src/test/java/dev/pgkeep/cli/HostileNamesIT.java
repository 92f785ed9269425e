package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import io.avaje.jsonb.Jsonb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and values that would take over a terminal: every command shows them, and none of them acts. */
final class HostileNamesIT {
    /** A colour, the bell, a control of the second set, a turn of direction, and a line that looks like one of ours. */
    private static final String HOSTILE = "e\u001b[31m\u0007\u009b2J\u202e'\"$(id)\nforged: all is well";

    private static final String SHOWN = "e\\u001b[31m\\u0007\\u009b2J\\u202e'\"$(id)\\nforged: all is well";

    /** What pgkeep itself sends: its colours, and the beginning of the moving line. */
    private static final Pattern OURS = Pattern.compile("\u001b\\[(0|1|2|31|32|33)m|\r\u001b\\[2K");

    @TempDir
    private Path temporary;

    private TestDatabase database = PostgresServers.any().databaseToBe("none");
    private String role = "none";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void make() {
        database = PostgresServers.any().database("shop");
        role = PostgresServers.any().uniqueName("r") + "\u001b[31m\u202e";
        String id = "\"" + HOSTILE.replace("\"", "\"\"") + "\"";
        String text = "'" + HOSTILE.replace("'", "''") + "'";
        database.execute("""
                create role "%3$s";
                create schema %1$s;
                create type %1$s."t%3$s" as enum (%2$s, 'other');
                create table %1$s.%1$s (
                    %1$s text constraint "c%3$s" primary key, kind %1$s."t%3$s" default %2$s);
                create table %1$s.child (id int primary key, parent text constraint %1$s references %1$s.%1$s);
                create table plain (id int primary key, %1$s text);
                create index "i%3$s" on %1$s.child (parent);
                create function %1$s.%1$s() returns int language sql as 'select 1';
                comment on table %1$s.%1$s is %2$s;
                alter table plain owner to "%3$s";
                insert into %1$s.%1$s values (%2$s), ('b');
                insert into %1$s.child values (1, %2$s);
                insert into plain values (1, %2$s);
                """.formatted(id, text, role));
    }

    @AfterEach
    void drop() {
        database.close();
        PostgresServers.any().execute("drop role \"" + role + "\"");
    }

    @Test
    void nothing_of_them_acts_on_a_terminal_or_in_a_log() throws IOException {
        String table = HOSTILE + "." + HOSTILE;
        run(true, "backup", "--yes", "--description", HOSTILE, "--tag", "a=" + HOSTILE);
        Files.writeString(temporary.resolve("backups/e\u001b[31m\u202e$(id)_2020-01-01.sql"), "-- a dump\nselect 1;\n");
        assertThat(both("show", "latest", "--objects")).contains(SHOWN);
        assertThat(both("list", "--all")).contains("e\\u001b[31m\\u202e$(id)");
        run(true, "db");
        run(true, "status");
        run(true, "verify", "latest");
        run(false, "restore", "latest", "--dry-run");
        run(true, "prune", "--older-than", "1d", "--dry-run");
        run(true, "doctor");
        String found = both("cleanup", "--table", table, "--where", "true");
        assertThat(found).contains(SHOWN.substring(0, 20));
        assertThat(found).contains("--table $'e\\033[31m").contains("\\012forged: all is well' --where");
        database.execute("update plain set id = 2; alter table plain add " + "\"x" + role + "\" int");
        assertThat(both("diff", "latest")).contains("\\u001b[31m");
        documentsAreExact();
        run(true, "export", "latest", "--to", temporary.resolve("out.sql").toString(), "--overwrite");
        run(false, "rows", "export", "--table", table, "--where", "true", "--output", HOSTILE + ".json", "--overwrite");
        run(true, "rows", "restore", "./" + HOSTILE + ".json");
        for (List<String> words : List.of(
                List.of("list", "--all"),
                List.of("db"),
                List.of("show", "latest", "--objects"),
                List.of("cleanup", "--table", table, "--where", "true"))) {
            run(true, Stream.concat(words.stream(), Stream.of("--json")).toArray(String[]::new));
        }
        run(true, "cleanup", "--table", table, "--where", "true", "--execute", "--yes");
        run(true, "rows", "list");
        run(true, "undo", "--dry-run");
        run(true, "undo", "--yes");
        assertThat(both("restore", HOSTILE, "--dry-run")).contains("\\u009b2J");
        assertThat(both("cleanup", "--table", HOSTILE, "--where", "true")).contains("\\u001b[31m");
        assertThat(both("cleanup", "--table", "plain", "--where", "id = '" + HOSTILE.replace("'", "''") + "'"))
                .contains("\\u009b2J");
        run(true, "diff", "latest", HOSTILE);
        run(true, "delete", HOSTILE);
        run(true, HOSTILE);
        run(true, "diff", "latest", "--sql");
    }

    /** What programs read has the names as they are. */
    private void documentsAreExact() {
        assertThat(Jsonb.builder()
                        .build()
                        .type(Object.class)
                        .fromJson(run(false, "show", "latest", "--json"))
                        .toString())
                .contains(HOSTILE);
        run(false, "diff", "latest", "--json");
        assertThat(Jsonb.builder()
                        .build()
                        .type(Object.class)
                        .fromJson(text(out))
                        .toString())
                .contains(HOSTILE);
        read(false, "diff", "latest", "--sql");
        assertThat(text(out)).contains(HOSTILE.replace("'", "''"));
    }

    /** In a pipe, and where somebody sits; what the second one says. */
    private String both(String... words) {
        run(false, words);
        return run(true, words);
    }

    private String run(boolean terminal, String... words) {
        read(terminal, words);
        for (ByteArrayOutputStream each : List.of(out, err)) {
            String text = OURS.matcher(text(each)).replaceAll("");
            assertThat(text.codePoints()
                            .filter(one -> one != '\n')
                            .filter(one -> Character.isISOControl(one) || Character.getType(one) == Character.FORMAT))
                    .as(String.join(" ", words) + ":\n" + text)
                    .isEmpty();
            assertThat(text.lines()).noneMatch(line -> line.startsWith("forged"));
            if (!terminal) {
                assertThat(text(each)).doesNotContain("\u001b");
            }
        }
        return text(out) + text(err);
    }

    private void read(boolean terminal, String... words) {
        out.reset();
        err.reset();
        var program = InProcessPgkeep.in(temporary)
                .environment(Map.of("PATH", System.getenv("PATH"), "DATABASE_URL", database.url(), "COLUMNS", "200"))
                .at(Clock.systemDefaultZone());
        (terminal ? program.answering("") : program)
                .run(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        words);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
