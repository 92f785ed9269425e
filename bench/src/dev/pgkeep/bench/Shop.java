package dev.pgkeep.bench;

import java.util.List;
import java.util.Map;

/**
 * The rows of the shop, from the number of order lines: every row depends on its number only. Order lines hold about
 * three quarters of the bytes.
 */
final class Shop implements Data {
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

    @Override
    public Name name() {
        return Name.SHOP;
    }

    @Override
    public Map<String, Table> tables() {
        return Table.byName(
                new Table("categories", "", categories(), goods::category),
                new Table("customers", "", customers(), dealings::customer),
                new Table("products", "", products(), goods::product),
                new Table("orders", "", orders(), dealings::order),
                new Table("order_items", "", lines, new OrderLines(this)::line),
                new Table("payments", "", share(20), dealings::payment),
                new Table("reviews", "", share(100), goods::review),
                new Table("stock", "", products() * 4L, goods::stock),
                new Table("price_history", "(product_id, valid, price)", products() * 3L, goods::price),
                new Table("pictures", "", share(2500), goods::picture),
                new Table("sessions", "", share(60), dealings::session),
                new Table("audit_log", "", share(50), dealings::audit));
    }

    @Override
    public String large() {
        return "order_items";
    }

    @Override
    public List<String> growing() {
        return List.of("orders", "order_items", "payments", "audit_log");
    }

    @Override
    public String churn() {
        return "UPDATE order_items SET status = 'returned', updated_at = created_at + '9 days' WHERE id % 53 = 7";
    }

    @Override
    public String update() {
        return "UPDATE order_items SET quantity = quantity % 50 + 1, updated_at = '2026-01-05 10:00:00.123456+00'"
                + " WHERE (hashint8(id) & 2147483647) % 100 = 42";
    }

    @Override
    public String updateHot() {
        return "UPDATE sessions SET lasted = coalesce(lasted, '0') + '1 minute'";
    }

    @Override
    public int largeObjectBytes() {
        return Math.clamp(lines * 2, 1 << 18, 32 << 20);
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
}
