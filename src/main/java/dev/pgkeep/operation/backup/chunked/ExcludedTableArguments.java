package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.TemporaryFile;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.tools.Version;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells pg_dump whose rows to leave out. It takes names in the database's encoding, byte by byte, which Java cannot
 * pass as arguments: there they are in the encoding of the terminal. So they go by a file where pg_dump reads one (17
 * and later), else, where a name is not plain ASCII, by a script of the shell.
 */
final class ExcludedTableArguments implements AutoCloseable {
    private static final Version FIRST_WITH_FILTER = new Version(17, 0);

    private final List<String> options;
    private final Optional<TemporaryFile> file;
    private final boolean script;
    private final Charset encoding;

    private ExcludedTableArguments(
            List<String> options, Optional<TemporaryFile> file, boolean script, Charset encoding) {
        this.options = options;
        this.file = file;
        this.script = script;
        this.encoding = encoding;
    }

    static ExcludedTableArguments of(Collection<TableName> tables, Version pgDump, Charset encoding) {
        List<String> names = tables.stream().map(ExcludedTableArguments::quoted).toList();
        // Of a file pg_dump forgets carriage returns, whatever quotes are around them.
        boolean fits = names.stream().noneMatch(name -> name.indexOf('\r') >= 0);
        if (pgDump.compareTo(FIRST_WITH_FILTER) >= 0 && fits) {
            String lines = names.stream().map(ExcludedTableArguments::line).collect(Collectors.joining());
            TemporaryFile file = TemporaryFile.named("tables");
            ExcludedTableArguments leftOut =
                    new ExcludedTableArguments(List.of("--filter=" + file.path()), Optional.of(file), false, encoding);
            leftOut.write(lines.getBytes(encoding));
            return leftOut;
        }
        List<String> options =
                names.stream().map(name -> "--exclude-table-data=" + name).toList();
        boolean plain = names.stream().allMatch(StandardCharsets.US_ASCII.newEncoder()::canEncode);
        return plain
                ? new ExcludedTableArguments(options, Optional.empty(), false, encoding)
                : new ExcludedTableArguments(options, Optional.of(TemporaryFile.named("pg_dump.sh")), true, encoding);
    }

    /** The command with the tables left out. */
    List<String> addTo(List<String> command) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(options);
        if (!script) {
            return whole;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("exec".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < whole.size(); i++) {
            Charset charset = i < command.size() ? Charset.defaultCharset() : encoding;
            text.writeBytes((" " + ShellWords.quoted(whole.get(i))).getBytes(charset));
        }
        return List.of("/bin/sh", write(text.toByteArray()).toString());
    }

    @Override
    public void close() {
        file.ifPresent(TemporaryFile::close);
    }

    /** Backslashes and line breaks have an escape of their own there. */
    private static String line(String name) {
        return "exclude table_data " + name.replace("\\", "\\\\").replace("\n", "\\n") + "\n";
    }

    private Path write(byte[] content) {
        TemporaryFile written = file.orElseThrow();
        try {
            written.write(content);
        } catch (PgkeepException e) {
            close();
            throw e;
        }
        return written.path();
    }

    /**
     * One pattern for each table. pg_dump asks the server thrice for each (a millisecond together); several tables as
     * alternatives of one pattern it looks up without an index, which takes forty times as long.
     */
    private static String quoted(TableName table) {
        return "\"" + table.schema().replace("\"", "\"\"") + "\".\""
                + table.name().replace("\"", "\"\"") + "\"";
    }
}
