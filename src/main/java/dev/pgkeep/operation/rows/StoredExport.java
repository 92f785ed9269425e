package dev.pgkeep.operation.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Words;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.rows.DocumentHead;
import dev.pgkeep.format.rows.DocumentHead.Condition;
import dev.pgkeep.format.rows.RowLine;
import dev.pgkeep.format.rows.RowSource;
import dev.pgkeep.format.rows.RowsWriter;
import dev.pgkeep.format.rows.RowsWriter.Written;
import dev.pgkeep.format.rows.Section;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.rows.RowsExport.Choice;
import dev.pgkeep.operation.rows.RowsExport.Exported;
import dev.pgkeep.postgres.catalog.OthersCode;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.ApplicationPath;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.relations.HeldType;
import dev.pgkeep.postgres.relations.Predicate;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.RowSession;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.contents.rows.StoredRows;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes rows of a stored backup into a document, and reads only the chunks of their table. Where a condition says
 * which rows, a server has to understand it: they pass through a temporary table there.
 */
public final class StoredExport {
    private static final String STORED = "pgkeep_stored";
    private static final String CHOSEN = "pgkeep_chosen";

    private final Connector connector;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    public StoredExport(Connector connector, Clock clock, Progress progress, Cancellation cancellation) {
        this.connector = connector;
        this.clock = clock;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Writes the rows of a stored backup.
     *
     * @param server asked for only where the condition is not simply {@code true}
     */
    public Exported run(ChunkedSource backup, Choice choice, Supplier<Target> server, OutputStream out) {
        progress.step("Reading " + choice.table() + " of " + backup.name());
        List<TableContents> parts = parts(backup, choice.table());
        TableContents first = parts.getFirst();
        Section section = new Section(
                first.root().orElse(first.name()),
                first.columns().stream()
                        .map(each -> new Section.Column(each.name(), each.type()))
                        .toList(),
                List.of(),
                Optional.empty());
        if (backup.moneyLocale().isEmpty()) {
            refuseMoney(backup, section);
        }
        StoredRows rows = backup.rows(
                parts.stream().mapToLong(each -> each.content().rows()).sum(), progress, cancellation);
        RowSource all = source(
                section,
                taker -> parts.forEach(part -> rows.read(part, row -> {
                    byte[] line = RowLine.of(row);
                    taker.take(line, line.length);
                })));
        Written written = choice.where().strip().equalsIgnoreCase("true")
                ? write(out, head(backup, choice, backup.moneyLocale().orElse(SessionSettings.MONEY_LOCALE)), all)
                : chosen(
                        backup,
                        section,
                        all,
                        choice,
                        server.get(),
                        filtered -> write(out, head(backup, choice, SessionSettings.MONEY_LOCALE), filtered));
        return new Exported(written, Map.of(Relation.shown(section.table()), written.rows()));
    }

    /**
     * Refuses money: what it means in a text depends on where it was printed, which backups of older versions do not
     * say.
     */
    private static void refuseMoney(ChunkedSource backup, Section section) {
        section.columns().stream()
                .filter(each -> each.type().startsWith("money"))
                .findFirst()
                .ifPresent(column -> {
                    throw new PgkeepException(
                            ErrorCode.REFUSED,
                            backup.name() + " does not say under which lc_monetary the money in " + section.table()
                                    + "." + column.name() + " was printed",
                            "set money-locale to what its server had: SHOW lc_monetary");
                });
    }

    /** Gives rows. */
    @FunctionalInterface
    private interface Source {
        void give(RowSource.Lines taker);
    }

    private static RowSource source(Section section, Source giver) {
        return new RowSource() {
            @Override
            public List<Section> sections() {
                return List.of(section);
            }

            @Override
            public void read(Section wanted, Lines taker) {
                giver.give(taker);
            }
        };
    }

    private static Written write(OutputStream out, DocumentHead head, RowSource rows) {
        return RowsWriter.write(out, head, rows, (section, count, bytes) -> {});
    }

    /** The table, or all partitions of it. */
    private static List<TableContents> parts(ChunkedSource backup, String name) {
        List<TableContents> tables = backup.contents().tables();
        List<TableContents> found = tables.stream()
                .filter(each -> isNamed(each.root().orElse(each.name()), name) || isNamed(each.name(), name))
                .toList();
        if (found.stream()
                        .map(each -> each.root().orElse(each.name()))
                        .distinct()
                        .count()
                > 1) {
            throw new PgkeepException(
                    ErrorCode.OBJECT_MISSING, "several tables are called " + name, "name the schema too");
        }
        if (found.isEmpty()) {
            List<String> names =
                    tables.stream().map(each -> Relation.shown(each.name())).toList();
            throw new PgkeepException(
                    ErrorCode.OBJECT_MISSING,
                    "there is no table " + name + " in " + backup.name(),
                    Words.nearest(name, names)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("pgkeep show " + ShellWords.word(backup.name()) + " lists its tables"));
        }
        return found;
    }

    private static boolean isNamed(dev.pgkeep.format.manifest.TableName table, String name) {
        return table.name().equals(name) || table.toString().equals(name);
    }

    /** Writes something. */
    @FunctionalInterface
    private interface Writing {
        Written write(RowSource rows);
    }

    private Written chosen(
            ChunkedSource backup, Section section, RowSource all, Choice choice, Target server, Writing writing) {
        String condition = Predicate.checked(choice.where(), "--where");
        try (Connection connection = connector.open(server, "pgkeep");
                var registration = cancellation.onCancel(() -> SessionTermination.abort(connection));
                RowSession session = RowSession.looking(connection)) {
            String names = section.columns().stream()
                    .map(each -> Sql.identifier(each.name()))
                    .collect(Collectors.joining(", "));
            session.withExactFormat(() -> {
                session.execute(
                        "CREATE TEMPORARY TABLE " + STORED + " (" + columns(section, connection) + ") ON COMMIT DROP",
                        "making a temporary table for the rows of the backup");
                SessionSettings.money(connection, backup.moneyLocale());
                session.copyFrom(
                        "pg_temp." + STORED + " (" + names + ")",
                        "choosing rows of the backup",
                        taker -> all.read(section, taker::take));
            });
            choose(session, section, condition);
            return session.withExactFormat(() -> writing.write(source(
                    section,
                    taker -> session.copyOut(
                            "SELECT " + names + " FROM pg_temp." + CHOSEN, "reading the chosen rows", taker::take))));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "choosing rows of the backup");
        }
    }

    private static String columns(Section section, Connection connection) {
        List<HeldType> types = HeldType.of(
                connection, section.columns().stream().map(Section.Column::type).toList());
        List<String> columns = new ArrayList<>();
        for (Section.Column column : section.columns()) {
            columns.add(Sql.identifier(column.name()) + " "
                    + types.get(columns.size()).name());
        }
        return String.join(", ", columns);
    }

    /** Chooses rows by a condition; what the server made of that is looked at before it runs, and is what runs. */
    private static void choose(RowSession session, Section section, String condition) throws SQLException {
        String view = "pg_temp." + CHOSEN + "_condition";
        try (var lent = ApplicationPath.afterTheSystem(session.connection())) {
            session.execute(
                    "CREATE TEMPORARY VIEW " + CHOSEN + "_condition AS SELECT * FROM pg_temp." + STORED + " AS "
                            + Sql.identifier(section.table().name()) + " WHERE (" + condition + ")",
                    "--where");
        }
        OthersCode.refuse(session.connection(), view, condition, "--where");
        try (var lent = ApplicationPath.afterTheSystem(session.connection())) {
            session.execute("CREATE TEMPORARY TABLE " + CHOSEN + " ON COMMIT DROP AS SELECT * FROM " + view, "--where");
            session.execute("DROP VIEW " + view, "--where");
        }
    }

    private DocumentHead head(ChunkedSource backup, Choice choice, String moneyLocale) {
        Manifest made = backup.metadata();
        return new DocumentHead(
                made.database(),
                made.server().host(),
                made.server().version(),
                clock.instant(),
                "export",
                List.of(new Condition("", choice.table(), choice.where())),
                Optional.of(made.name()),
                moneyLocale);
    }
}
