package dev.pgkeep.app;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Just enough of a PostgreSQL server for the driver to log in, set things and copy rows out, so that training needs
 * none. It answers one session at a time, every question with the same few words.
 */
final class TrainingServer implements AutoCloseable {
    private static final int STARTUP = 3 << 16;
    private static final Map<String, String> PARAMETERS = Map.of(
            "server_version", "18.0",
            "server_encoding", "UTF8",
            "client_encoding", "UTF8",
            "DateStyle", "ISO, YMD",
            "integer_datetimes", "on",
            "standard_conforming_strings", "on",
            "TimeZone", "UTC");
    private static final byte[] COLUMN = "a".getBytes(StandardCharsets.UTF_8);

    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Copied copied;
    private String query = "";
    private char transaction = 'I';

    TrainingServer(Copied copied) throws IOException {
        this.copied = copied;
        Thread.ofPlatform().daemon().name("training-server").start(this::serve);
    }

    /** Rows that a COPY sends. */
    @FunctionalInterface
    interface Copied {
        void send(Messages messages) throws IOException;
    }

    /** Takes the messages of a COPY. */
    @FunctionalInterface
    interface Messages {
        void row(byte[] bytes, int length) throws IOException;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    var in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
                    var out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()))) {
                logIn(in, out);
                for (int type = in.read(); type >= 0 && type != 'X'; type = in.read()) {
                    answer(type, in.readNBytes(in.readInt() - Integer.BYTES), out);
                }
            } catch (IOException e) {
                // The client went away, or training is over.
            }
        }
    }

    private void logIn(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        while (in.readInt() != STARTUP) {
            in.skipNBytes(length - 2 * Integer.BYTES);
            // No encryption.
            out.write('N');
            out.flush();
            length = in.readInt();
        }
        in.skipNBytes(length - 2 * Integer.BYTES);
        message(out, 'R', new byte[4]);
        for (var parameter : PARAMETERS.entrySet()) {
            String text = parameter.getKey() + '\0' + parameter.getValue() + '\0';
            message(out, 'S', text.getBytes(StandardCharsets.UTF_8));
        }
        message(out, 'K', new byte[8]);
        ready(out);
    }

    private void answer(int type, byte[] body, DataOutputStream out) throws IOException {
        switch (type) {
            case 'Q' -> {
                query = text(body, 0);
                simple(out);
                ready(out);
            }
            case 'P' -> {
                query = text(body, text(body, 0).length() + 1);
                message(out, '1', new byte[0]);
            }
            case 'B' -> message(out, '2', new byte[0]);
            case 'D' -> describe(out);
            case 'E' -> execute(out);
            case 'C' -> message(out, '3', new byte[0]);
            case 'S' -> ready(out);
            default -> {}
        }
    }

    private void simple(DataOutputStream out) throws IOException {
        if (word().equals("COPY")) {
            copy(out);
            return;
        }
        if (hasRows()) {
            describe(out);
        }
        execute(out);
    }

    private boolean hasRows() {
        return word().equals("SELECT") || word().equals("SHOW");
    }

    private String word() {
        return query.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    }

    private void describe(DataOutputStream out) throws IOException {
        if (!hasRows()) {
            message(out, 'n', new byte[0]);
            return;
        }
        // One column: name, table, place, type text, length, modifier, format.
        out.write('T');
        out.writeInt(Integer.BYTES + Short.BYTES + COLUMN.length + 1 + 18);
        out.writeShort(1);
        out.write(COLUMN);
        out.write(0);
        out.writeInt(0);
        out.writeShort(0);
        out.writeInt(25);
        out.writeShort(-1);
        out.writeInt(-1);
        out.writeShort(0);
    }

    private void execute(DataOutputStream out) throws IOException {
        if (hasRows()) {
            byte[] value = (query.contains("pg_backend_pid") ? "1 repeatable read off off UTF8" : "UTF8")
                    .getBytes(StandardCharsets.UTF_8);
            out.write('D');
            out.writeInt(Integer.BYTES + Short.BYTES + Integer.BYTES + value.length);
            out.writeShort(1);
            out.writeInt(value.length);
            out.write(value);
        }
        transaction = switch (word()) {
            case "BEGIN" -> 'T';
            case "COMMIT", "ROLLBACK" -> 'I';
            default -> transaction;
        };
        message(out, 'C', (word() + (hasRows() ? " 1\0" : "\0")).getBytes(StandardCharsets.UTF_8));
    }

    private void copy(DataOutputStream out) throws IOException {
        message(out, 'H', new byte[3]);
        copied.send((bytes, length) -> {
            out.write('d');
            out.writeInt(Integer.BYTES + length);
            out.write(bytes, 0, length);
        });
        message(out, 'c', new byte[0]);
        message(out, 'C', "COPY 1\0".getBytes(StandardCharsets.UTF_8));
    }

    private void ready(DataOutputStream out) throws IOException {
        message(out, 'Z', new byte[] {(byte) transaction});
        out.flush();
    }

    private static void message(DataOutputStream out, char type, byte[] body) throws IOException {
        out.write(type);
        out.writeInt(Integer.BYTES + body.length);
        out.write(body);
    }

    private static String text(byte[] body, int from) {
        int end = from;
        while (body[end] != 0) {
            end++;
        }
        return new String(body, from, end - from, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
