package dev.pgkeep.format.pgtext;

import dev.pgkeep.format.columnar.BigEndian;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Printers of the types that every server has, by the names that format_type gives them. */
final class BuiltIn {
    /** The modifier that a column may add to a type: {@code numeric(10,2)}, {@code interval day to second(3)}. */
    private static final Pattern MODIFIER = Pattern.compile("\\(-?\\d+(,-?\\d+)?\\)");

    private static final Pattern INTERVAL = Pattern.compile("interval [a-z ]+");
    private static final Printer TEXT = new Printer.Verbatim(0);
    private static final Printer VERSIONED = new Printer.Verbatim(1);
    private static final Map<String, Printer> ALL = Map.ofEntries(
            Map.entry("text", TEXT),
            Map.entry("character varying", TEXT),
            Map.entry("character", TEXT),
            Map.entry("bpchar", TEXT),
            Map.entry("name", TEXT),
            Map.entry("json", TEXT),
            Map.entry("refcursor", TEXT),
            Map.entry("jsonb", VERSIONED),
            Map.entry("jsonpath", VERSIONED),
            Map.entry("bytea", new Printer.Hex()),
            Map.entry("boolean", (in, from, length, out) -> out.put(in[from] == 0 ? 'f' : 't')),
            Map.entry("smallint", (in, from, length, out) -> out.number(BigEndian.shortAt(in, from))),
            Map.entry("integer", (in, from, length, out) -> out.number(BigEndian.intAt(in, from))),
            Map.entry("bigint", (in, from, length, out) -> out.number(BigEndian.longAt(in, from))),
            Map.entry("oid", BuiltIn::unsigned),
            Map.entry("xid", BuiltIn::unsigned),
            Map.entry("cid", BuiltIn::unsigned),
            Map.entry("xid8", (in, from, length, out) -> out.text(Long.toUnsignedString(BigEndian.longAt(in, from)))),
            Map.entry("tid", BuiltIn::tid),
            Map.entry("pg_lsn", BuiltIn::position),
            Map.entry("txid_snapshot", BuiltIn::snapshot),
            Map.entry("pg_snapshot", BuiltIn::snapshot),
            Map.entry(
                    "real",
                    (in, from, length, out) -> Floats.float4(Float.intBitsToFloat(BigEndian.intAt(in, from)), out)),
            Map.entry("double precision", (in, from, length, out) -> Floats.float8(BigEndian.doubleAt(in, from), out)),
            Map.entry("numeric", new Numeric()),
            Map.entry("date", (in, from, length, out) -> Times.date(in, from, out)),
            Map.entry("time without time zone", (in, from, length, out) -> Times.time(BigEndian.longAt(in, from), out)),
            Map.entry("time with time zone", (in, from, length, out) -> Times.timetz(in, from, out)),
            Map.entry("timestamp without time zone", (in, from, length, out) -> Times.timestamp(in, from, false, out)),
            Map.entry("timestamp with time zone", (in, from, length, out) -> Times.timestamp(in, from, true, out)),
            Map.entry("interval", (in, from, length, out) -> Times.interval(in, from, out)),
            Map.entry("uuid", BuiltIn::uuid),
            Map.entry("bit", BuiltIn::bits),
            Map.entry("\"bit\"", BuiltIn::bits),
            Map.entry("bit varying", BuiltIn::bits),
            Map.entry("inet", Networks::address),
            Map.entry("cidr", Networks::address),
            Map.entry("macaddr", Networks::card),
            Map.entry("macaddr8", Networks::card),
            Map.entry("point", Shapes::point),
            Map.entry("lseg", Shapes::segment),
            Map.entry("box", Shapes::box),
            Map.entry("path", Shapes::path),
            Map.entry("polygon", Shapes::polygon),
            Map.entry("line", Shapes::line),
            Map.entry("circle", Shapes::circle),
            Map.entry("tsvector", Words::tsvector));

    private static final Map<String, String> RANGES = Map.of(
            "int4", "integer",
            "int8", "bigint",
            "num", "numeric",
            "ts", "timestamp without time zone",
            "tstz", "timestamp with time zone",
            "date", "date");

    private final boolean octalChar;

    /** @param serverVersion of the server that the values came from, for instance 160003 */
    BuiltIn(int serverVersion) {
        this.octalChar = serverVersion >= 150_000;
    }

    /** A printer of one column's own: some keep buffers. */
    Optional<Printer> find(String type) {
        if (type.endsWith("[]")) {
            String element = type.substring(0, type.length() - 2);
            return find(element).map(printer -> new ArrayPrinter(printer, element.equals("box") ? ';' : ','));
        }
        String name = MODIFIER.matcher(type).replaceAll("");
        return Optional.ofNullable(simple(INTERVAL.matcher(name).matches() ? "interval" : name));
    }

    private @Nullable Printer simple(String name) {
        if (name.equals("\"char\"")) {
            return octalChar ? BuiltIn::character : null;
        }
        if (name.endsWith("multirange")) {
            String bound = RANGES.get(name.substring(0, name.length() - "multirange".length()));
            return bound == null ? null : new RangePrinter(printer(bound)).several();
        }
        if (name.endsWith("range")) {
            String bound = RANGES.get(name.substring(0, name.length() - "range".length()));
            return bound == null ? null : new RangePrinter(printer(bound));
        }
        return ALL.get(name);
    }

    private static Printer printer(String name) {
        return java.util.Objects.requireNonNull(ALL.get(name));
    }

    /**
     * Since version 15 the server prints what is not ASCII in octal digits, and reads it so. Before, it wrote bytes
     * that it would not read again: there is no text for these.
     */
    private static void character(byte[] in, int from, int length, TextOut out) {
        int octet = length == 0 ? 0 : in[from] & 0xff;
        if (octet >= 0x80) {
            out.put('\\').put('0' + (octet >> 6)).put('0' + (octet >> 3 & 7)).put('0' + (octet & 7));
        } else if (octet != 0) {
            out.put(octet);
        }
    }

    private static void unsigned(byte[] in, int from, int length, TextOut out) {
        out.number(BigEndian.unsignedIntAt(in, from));
    }

    private static void tid(byte[] in, int from, int length, TextOut out) {
        out.put('(')
                .number(BigEndian.unsignedIntAt(in, from))
                .put(',')
                .number(BigEndian.unsignedShortAt(in, from + 4))
                .put(')');
    }

    private static void position(byte[] in, int from, int length, TextOut out) {
        out.text(Integer.toHexString(BigEndian.intAt(in, from)).toUpperCase(java.util.Locale.ROOT))
                .put('/');
        out.text(Integer.toHexString(BigEndian.intAt(in, from + 4)).toUpperCase(java.util.Locale.ROOT));
    }

    private static void snapshot(byte[] in, int from, int length, TextOut out) {
        out.text(Long.toUnsignedString(BigEndian.longAt(in, from + 4))).put(':');
        out.text(Long.toUnsignedString(BigEndian.longAt(in, from + 12))).put(':');
        for (int i = 0; i < BigEndian.intAt(in, from); i++) {
            out.text(i == 0 ? "" : ",").text(Long.toUnsignedString(BigEndian.longAt(in, from + 20 + 8 * i)));
        }
    }

    private static void uuid(byte[] in, int from, int length, TextOut out) {
        for (int i = 0; i < 16; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                out.put('-');
            }
            out.hex(in[from + i]);
        }
    }

    private static void bits(byte[] in, int from, int length, TextOut out) {
        int count = BigEndian.intAt(in, from);
        for (int i = 0; i < count; i++) {
            out.put('0' + (in[from + 4 + i / 8] >> 7 - i % 8 & 1));
        }
    }
}
