package dev.pgkeep.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * The rows of the shop, from the number of order lines: every row depends on its number only. Order lines hold about
 * three quarters of the bytes.
 */
final class Shop {
    /** One table and how many rows it has. */
    record Table(String name, String columns, long rows, RowMaker maker) {}

    /** Appends the row of that number, from 1. */
    @FunctionalInterface
    interface RowMaker {
        void row(long number, Dice dice, Line line);
    }

    static final int LINES_PER_ORDER = 12;

    private final Goods goods;
    private final Dealings dealings;
    private final long lines;

    Shop(Words words, long lines) {
        this.lines = lines;
        this.goods = new Goods(this, words);
        this.dealings = new Dealings(this, words);
    }

    long orders() {
        return share(LINES_PER_ORDER);
    }

    int customers() {
        return (int) share(60);
    }

    int products() {
        return (int) share(250);
    }

    int categories() {
        return 180;
    }

    long lines() {
        return lines;
    }

    private long share(long lineCount) {
        return Math.max(50, lines / lineCount);
    }

    /** Every table, in the order in which foreign keys could be checked. */
    Map<String, Table> tables() {
        Map<String, Table> tables = new LinkedHashMap<>();
        put(tables, "categories", "", categories(), goods::category);
        put(tables, "customers", "", customers(), dealings::customer);
        put(tables, "products", "", products(), goods::product);
        put(tables, "orders", "", orders(), dealings::order);
        put(tables, "order_items", "", lines, new OrderLines(this)::line);
        put(tables, "payments", "", share(20), dealings::payment);
        put(tables, "reviews", "", share(100), goods::review);
        put(tables, "stock", "", products() * 4L, goods::stock);
        put(tables, "price_history", "(product_id, valid, price)", products() * 3L, goods::price);
        put(tables, "pictures", "", share(2500), goods::picture);
        put(tables, "sessions", "", share(60), dealings::session);
        put(tables, "audit_log", "", share(50), dealings::audit);
        return tables;
    }

    private static void put(Map<String, Table> tables, String name, String columns, long rows, RowMaker maker) {
        tables.put(name, new Table(name, columns, rows, maker));
    }

    /** What a product costs, in cents: the same wherever it is asked. */
    static long cents(int product) {
        var dice = new Dice(product * 31L + 7);
        long price = (long) Math.exp(6.5 + dice.bell() * 1.2);
        return dice.chance(0.7) ? price / 100 * 100 + 99 : price;
    }

    /** When an order was placed, in microseconds since 1970: three years, more in the evening than at night. */
    long placed(long order) {
        long begin = 1_672_531_200_000_000L;
        long span = 3L * 365 * 86_400_000_000L;
        long even = begin + (long) (span * (double) order / (orders() * 1.02));
        return even + new Dice(order).below(2_000_000_000L);
    }

    /** Calls once for each number of a range. */
    static void each(long from, long to, LongConsumer consumer) {
        for (long number = from; number <= to; number++) {
            consumer.accept(number);
        }
    }
}
