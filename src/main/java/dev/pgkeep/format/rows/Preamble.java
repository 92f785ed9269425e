package dev.pgkeep.format.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.rows.DocumentHead.Condition;
import dev.pgkeep.format.rows.Section.Column;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The preamble: what a document says before its first row and before the rows of each section. */
final class Preamble {
    private final String name;
    private final JsonIn in;

    /** @param name of the document, for people */
    Preamble(String name, JsonIn in) {
        this.name = name;
        this.in = in;
    }

    /** Reads something. */
    @FunctionalInterface
    private interface Element<T> {
        T read() throws IOException;
    }

    /** Up to where sections begin. */
    DocumentHead head() throws IOException {
        in.expect('{');
        in.key("format");
        if (!in.text().equals(RowsWriter.FORMAT)) {
            throw in.malformed("it is no document of rows");
        }
        in.expect(',');
        in.key("version");
        long version = in.number();
        if (version > RowsWriter.VERSION) {
            throw new PgkeepException(
                    ErrorCode.FORMAT_UNSUPPORTED,
                    name + " was written by a newer pgkeep (version " + version + " of the document)",
                    "update pgkeep to read it");
        }
        String database = member("database");
        String server = member("server");
        String serverVersion = member("serverVersion");
        String created = member("created");
        String reason = member("reason");
        in.expect(',');
        in.key("conditions");
        List<Condition> conditions = list(this::condition);
        Optional<String> safety = Optional.of(member("safetyBackup")).filter(text -> !text.isEmpty());
        in.expect(',');
        String key = in.key();
        String moneyLocale = DocumentHead.USUAL_MONEY;
        if (key.equals("moneyLocale")) {
            moneyLocale = in.text();
            in.expect(',');
            key = in.key();
        }
        if (!key.equals("sections")) {
            throw in.malformed("there should be sections instead of " + key);
        }
        in.expect('[');
        return new DocumentHead(
                database, server, serverVersion, instant(created), reason, conditions, safety, moneyLocale);
    }

    private Instant instant(String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw in.malformed("its time is none");
        }
    }

    private Condition condition() throws IOException {
        in.expect('{');
        in.key("plan");
        String plan = in.text();
        String table = member("table");
        String where = member("where");
        in.expect('}');
        return new Condition(plan, table, where);
    }

    /** Up to where its rows begin. */
    Section section() throws IOException {
        in.expect('{');
        in.key("schema");
        TableName table = new TableName(in.text(), member("table"));
        in.expect(',');
        String key = in.key();
        Optional<Section.Change> change = Optional.empty();
        if (key.equals("changedBy")) {
            change = Optional.of(change());
            in.expect(',');
            key = in.key();
        }
        if (!key.equals("columns")) {
            throw in.malformed("there should be columns instead of " + key);
        }
        List<Column> columns = list(this::column);
        in.expect(',');
        in.key("key");
        List<String> names = list(in::text);
        in.expect(',');
        in.key("rows");
        in.expect('[');
        return new Section(table, columns, names, change);
    }

    private Section.Change change() throws IOException {
        String foreignKey = in.text();
        in.expect(',');
        in.key("sets");
        List<String> sets = list(in::text);
        in.expect(',');
        in.key("left");
        Map<String, String> left = new LinkedHashMap<>();
        in.expect('{');
        while (!in.take('}')) {
            if (!left.isEmpty()) {
                in.expect(',');
            }
            left.put(in.key(), in.text());
        }
        return new Section.Change(foreignKey, sets, left);
    }

    private Column column() throws IOException {
        in.expect('{');
        in.key("name");
        String column = in.text();
        String type = member("type");
        in.expect('}');
        return new Column(column, type);
    }

    private String member(String wanted) throws IOException {
        in.expect(',');
        in.key(wanted);
        return in.text();
    }

    private <T> List<T> list(Element<T> element) throws IOException {
        List<T> values = new ArrayList<>();
        in.expect('[');
        while (!in.take(']')) {
            if (!values.isEmpty()) {
                in.expect(',');
            }
            values.add(element.read());
        }
        return values;
    }
}
