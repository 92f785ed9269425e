package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.PostgresClients;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a script is, the scanner ends its statements where the real psql does. */
final class PsqlReadsTheSameIT {
    /** All that ends or hides a semicolon. An escape string is followed by something, see below. */
    private static final String[] PIECES = {
        "'",
        "\"",
        "$$",
        "$a$",
        "$",
        "1",
        "1.5",
        "a",
        "_",
        "é",
        ";",
        ";",
        ";\n",
        "--",
        "-",
        "/*",
        "*/",
        "/",
        "*",
        "\n",
        "\r",
        " ",
        "\t",
        "(",
        ")",
        "CREATE FUNCTION ",
        "CREATE OR REPLACE PROCEDURE ",
        "BEGIN ",
        "CASE ",
        "END ",
        "END;",
        "E''''",
        // psql reads line by line, and takes what goes on in the next line for another string; the server does not.
        "E'\\'' ,",
        "e'\\\\;' ,",
        "U&'a;' ,",
        "b'1' ,",
        "N'a' ,",
        "x",
        "::",
        "select ",
        ",",
        "é'",
        "u&\"a;\"",
    };

    private static final String META = "a backslash";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"UTF8, on", "SJIS, on", "UTF8, off", "BIG5, off"})
    void statements_end_at_the_same_places(String encoding, String standardStrings) throws Exception {
        Random random = new Random(Campaign.seed(1));
        List<ClientSet> clients = PostgresClients.tools().sets();
        for (int i = 0; i < Campaign.of(12, 1000); i++) {
            byte[] script = script(random, encoding);
            ClientSet client = clients.get(i % clients.size());
            List<String> found = ofScanner(script, encoding, standardStrings.equals("on"));
            List<String> heard = ofPsql(client, script, encoding, standardStrings);
            // From a backslash on there is nothing to compare: psql obeys it, and pgkeep refuses the script.
            boolean refused = found.remove(META);
            assertThat(refused ? heard.subList(0, Math.min(heard.size(), found.size())) : heard)
                    .as("%s: %s", client.version(), new String(script, ClientEncoding.charset(encoding)))
                    .isEqualTo(found);
        }
    }

    private static byte[] script(Random random, String encoding) {
        StringBuilder text = new StringBuilder("select 1;\n");
        for (int i = 5 + random.nextInt(60); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        // The second byte of these is a backslash.
        String odd = encoding.equals("SJIS") ? "\u8868" : encoding.equals("BIG5") ? "\u529f" : "\u00e9";
        return text.toString().replace("é", odd).getBytes(ClientEncoding.charset(encoding));
    }

    private static List<String> ofScanner(byte[] script, String encoding, boolean standardStrings) throws Exception {
        List<String> found = new ArrayList<>();
        SqlScanner scanner = new SqlScanner(new Statements(found, new int[1]), settings(encoding, standardStrings));
        scanner.feed(script, 0, script.length);
        scanner.finish();
        return found;
    }

    private List<String> ofPsql(ClientSet client, byte[] script, String encoding, String standardStrings)
            throws Exception {
        Path file = Files.write(folder.resolve("script.sql"), script);
        List<String> heard = new ArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.ofVirtual().start(() -> serve(socket, heard, encoding, standardStrings));
            String place =
                    "host=127.0.0.1 user=u dbname=d sslmode=disable gssencmode=disable port=" + socket.getLocalPort();
            Commands.run(
                    folder,
                    List.of(
                            "env",
                            "-u",
                            "PGCLIENTENCODING",
                            client.folder().resolve("psql").toString(),
                            "-X",
                            "-q",
                            "-w",
                            "-f",
                            file.toString(),
                            "-d",
                            place));
            server.join();
        }
        return heard;
    }

    /** As much of a server as psql needs: it writes down what it is asked, and does nothing. */
    private static void serve(ServerSocket socket, List<String> heard, String encoding, String standardStrings) {
        try (var connection = socket.accept();
                var in = new DataInputStream(connection.getInputStream());
                var out = new DataOutputStream(connection.getOutputStream())) {
            in.readNBytes(in.readInt() - 4);
            send(out, 'R', new byte[4]);
            parameter(out, "server_version", "18.0");
            parameter(out, "client_encoding", encoding);
            parameter(out, "server_encoding", "UTF8");
            parameter(out, "standard_conforming_strings", standardStrings);
            send(out, 'Z', new byte[] {'I'});
            for (int type = in.read(); type == 'Q'; type = in.read()) {
                byte[] text = in.readNBytes(in.readInt() - 4);
                String code = plain(text, codeStart(Arrays.copyOf(text, text.length - 1), encoding), text.length - 1);
                if (!code.isEmpty()) {
                    heard.add(code);
                }
                send(out, 'C', "SET\0".getBytes(StandardCharsets.US_ASCII));
                send(out, 'Z', new byte[] {'I'});
            }
        } catch (IOException e) {
            heard.add("broken: " + e);
        }
    }

    private static void parameter(DataOutputStream out, String name, String value) throws IOException {
        send(out, 'S', (name + "\0" + value + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private static void send(DataOutputStream out, char type, byte[] content) throws IOException {
        out.write(type);
        out.writeInt(content.length + 4);
        out.write(content);
        out.flush();
    }

    /** psql may leave out comments before a statement. */
    private static int codeStart(byte[] text, String encoding) throws IOException {
        int[] start = {-1};
        SqlScanner scanner = new SqlScanner(new Statements(new ArrayList<>(), start), settings(encoding, true));
        scanner.feed(text, 0, text.length);
        scanner.finish();
        return Math.max(0, start[0]);
    }

    private static ScriptSettings settings(String encoding, boolean standardStrings) {
        return new ScriptSettings() {
            @Override
            public boolean standardStrings() {
                return standardStrings;
            }

            @Override
            public String encoding() {
                return encoding;
            }
        };
    }

    /** Without spaces and the semicolon, of which psql sends as many as it likes. */
    private static String plain(byte[] text, int from, int length) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        for (int i = from; i < length; i++) {
            if (!SqlBytes.isSpace(text[i])) {
                kept.write(text[i]);
            }
        }
        return kept.toString(StandardCharsets.ISO_8859_1).replaceFirst(";$", "");
    }

    private record Statements(List<String> found, int[] start) implements ScriptVisitor {
        @Override
        public boolean statement(byte[] text, int codeStart) {
            begun(codeStart);
            // One without its semicolon was interrupted by a backslash.
            if (!found.contains(META) && text[text.length - 1] == ';') {
                String code = plain(text, codeStart, text.length);
                if (!code.isEmpty()) {
                    found.add(code);
                }
            }
            return false;
        }

        @Override
        public void end(byte[] text, int codeStart) {
            begun(codeStart);
            // psql sends what is left where it is more than spaces.
            String rest = plain(text, codeStart, text.length);
            if (!rest.isEmpty() && !found.contains(META)) {
                found.add(rest);
            }
        }

        private void begun(int codeStart) {
            start[0] = start[0] < 0 ? codeStart : start[0];
        }

        @Override
        public void longStatement(byte[] text, int codeStart) {}

        @Override
        public void more(byte[] bytes, int from, int length) {}

        @Override
        public void longEnd() {}

        @Override
        public void other(byte[] bytes, int from, int length) {}

        @Override
        public void metaCommand(byte[] text, int codeStart) {
            begun(codeStart);
            if (!found.contains(META)) {
                found.add(META);
            }
        }

        @Override
        public void strayBehindCopy() {}

        @Override
        public void copyData(byte[] bytes, int from, int length) {}

        @Override
        public void copyEnd(long rows, byte[] terminator) {}
    }
}
