package dev.pgkeep.bench;

import java.util.List;
import java.util.Map;

/** A log of events with JSON payloads, which holds nearly all of the bytes, and some orders beside it. */
final class Events implements Data {
    private static final long BEGIN = 1_704_067_200_000_000L;
    private static final long SPAN = 365L * 86_400_000_000L;

    private final Words words;
    private final long rows;

    Events(Words words, long rows) {
        this.words = words;
        this.rows = rows;
    }

    int customers() {
        return (int) share(80);
    }

    long orders() {
        return share(16);
    }

    private long share(long perOne) {
        return Math.max(50, rows / perOne);
    }

    @Override
    public Name name() {
        return Name.EVENTS;
    }

    @Override
    public Map<String, Table> tables() {
        var beside = new Customers(this, words);
        return Table.byName(
                new Table("customers", "", customers(), beside::customer),
                new Table("orders", "", orders(), beside::order),
                new Table("items", "", orders() * 3, beside::item),
                new Table("events", "", rows, new EventRows(this, words)::event));
    }

    /** When an event happened, in microseconds since 1970: one year, in bursts. */
    long at(long event) {
        long even = BEGIN + (long) (SPAN * (double) event / (rows * 1.02));
        return even + new Dice(event / 50).below(30_000_000L) + new Dice(event).below(2_000_000L);
    }

    @Override
    public String large() {
        return "events";
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public List<String> growing() {
        return List.of("orders", "items", "events");
    }

    @Override
    public String churn() {
        return "UPDATE events SET handled_at = at + '3 hours' WHERE id % 53 = 7";
    }

    @Override
    public String update() {
        return "UPDATE events SET status = 299, handled_at = '2026-01-05 10:00:00.123456+00'"
                + " WHERE (hashint8(id) & 2147483647) % 100 = 42";
    }

    @Override
    public String updateHot() {
        return "UPDATE customers SET settings = settings || '{\"seen\": true}'";
    }

    @Override
    public int largeObjectBytes() {
        return 0;
    }
}
