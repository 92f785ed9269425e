package dev.pgkeep.bench;

import java.util.List;

/** Rows about people and what they do. */
final class Dealings {
    private static final List<String> COUNTRIES =
            List.of("DE", "DE", "DE", "GB", "GB", "FR", "FR", "ES", "IT", "PL", "AT", "CH", "NL", "SE", "CZ");
    private static final List<String> STREETS =
            List.of("Street", "Road", "Avenue", "Lane", "straße", "weg", "allee", "platz", "gasse", "Close", "Square");
    private static final List<String> HOSTS =
            List.of("gmail.com", "gmail.com", "gmail.com", "outlook.com", "gmx.de", "web.de", "yahoo.fr", "icloud.com");
    private static final List<String> METHODS =
            List.of("card", "card", "card", "wallet", "transfer", "invoice", "voucher");
    private static final List<String> ACTIONS =
            List.of("update", "update", "update", "insert", "delete", "login", "export");
    private static final List<String> ENTITIES = List.of("order", "order", "customer", "product", "stock", "review");
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.%d.%d Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS %d_%d_%d like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (X11; Linux x86_64; rv:%d.%d.%d) Gecko/20100101 Firefox/131.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_%d) AppleWebKit/605.%d.%d (KHTML, like Gecko) Version/17.6");

    private final Shop shop;
    private final Words words;

    Dealings(Shop shop, Words words) {
        this.shop = shop;
        this.words = words;
    }

    void customer(long id, Dice dice, Line line) {
        String firstName = words.firstNames.draw(dice);
        String lastName = words.lastNames.draw(dice);
        long created =
                1_600_000_000_000_000L + id * (150_000_000_000_000L / shop.customers()) + dice.below(900_000_000L);
        line.add(id).open().append(firstName.toLowerCase(java.util.Locale.ROOT)).append('.');
        line.text
                .append(lastName.toLowerCase(java.util.Locale.ROOT))
                .append(id)
                .append('@')
                .append(dice.one(HOSTS));
        line.add(firstName).add(lastName);
        home(dice, line);
        line.add("+" + (30 + dice.below(60)) + " " + (100 + dice.below(900)) + " "
                + (1_000_000 + dice.below(8_999_999)));
        line.day(-5000 + dice.below(18_000)).add(dice.chance(0.4)).decimal(dice.chance(0.9) ? 0 : dice.few(50_000), 2);
        line.open().append("{\"language\": \"").append(dice.one(COUNTRIES).toLowerCase(java.util.Locale.ROOT));
        line.text
                .append("\", \"theme\": \"")
                .append(dice.chance(0.3) ? "dark" : "light")
                .append("\", \"sizes\": [");
        line.text
                .append(30 + dice.below(20))
                .append(", ")
                .append(30 + dice.below(20))
                .append("]}");
        optionalText(0.1, 5 + dice.few(60), dice, line);
        line.moment(created).moment(created + dice.below(20_000_000_000_000L));
    }

    private void home(Dice dice, Line line) {
        line.add(words.words.draw(dice) + " " + dice.one(STREETS) + " " + (1 + dice.few(300)));
        line.add(words.cities.draw(dice))
                .add(Integer.toString(10_000 + dice.below(89_999)))
                .add(dice.one(COUNTRIES));
    }

    void order(long id, Dice dice, Line line) {
        boolean old = id < shop.orders() * 0.97;
        long placed = shop.placed(id);
        line.add(id).add(1 + dice.few(shop.customers())).uuid(dice);
        line.add(old ? dice.chance(0.94) ? "delivered" : "cancelled" : dice.chance(0.5) ? "new" : "shipped");
        line.moment(placed).decimal(500 + dice.few(90_000), 2).add(dice.chance(0.8) ? "EUR" : "GBP");
        line.open()
                .append(words.firstNames.draw(dice))
                .append(' ')
                .append(words.lastNames.draw(dice))
                .append(", ");
        line.text
                .append(words.words.draw(dice))
                .append(' ')
                .append(dice.one(STREETS))
                .append(' ');
        line.text
                .append(1 + dice.few(300))
                .append(", ")
                .append(10_000 + dice.below(89_999))
                .append(' ');
        line.text.append(words.cities.draw(dice));
        line.address(dice);
        optionalText(0.12, 4 + dice.few(40), dice, line);
        if (old) {
            line.day(placed / 86_400_000_000L + 1 + dice.few(12));
        } else {
            line.none();
        }
    }

    private static void optionalText(double probability, int length, Dice dice, Line line) {
        if (dice.chance(probability)) {
            line.sentences(dice, length);
        } else {
            line.none();
        }
    }

    void payment(long id, Dice dice, Line line) {
        long order = Math.max(1, Math.min(shop.orders(), id * 20 / Shop.LINES_PER_ORDER));
        line.add(id)
                .add(order)
                .add(dice.one(METHODS))
                .decimal(500 + dice.few(90_000), 2)
                .open()
                .append("ch_");
        line.code(dice, 20);
        line.moment(shop.placed(order) + dice.below(600_000_000L));
        line.open().append("{\"id\": \"pi_");
        line.code(dice, 20);
        line.text.append("\", \"risk\": ").append(dice.few(100)).append(", \"brand\": \"");
        line.text.append(dice.chance(0.6) ? "visa" : "mastercard").append("\", \"last4\": \"");
        line.text
                .append(1000 + dice.below(9000))
                .append("\", \"captured\": ")
                .append(dice.chance(0.97))
                .append('}');
    }

    void session(long id, Dice dice, Line line) {
        line.uuid(dice);
        if (dice.chance(0.4)) {
            line.none();
        } else {
            line.add(1 + dice.below(shop.customers()));
        }
        line.open().append("{\"cart\": [").append(1 + dice.few(shop.products())).append(", ");
        line.text.append(1 + dice.few(shop.products())).append("], \"csrf\": \"");
        line.code(dice, 32);
        line.text.append("\", \"landing\": \"/").append(words.words.draw(dice)).append("\"}");
        line.add(dice.one(AGENTS).formatted(10 + dice.below(120), dice.few(7000), dice.few(200)));
        line.moment(1_758_000_000_000_000L + id * 90_000_000L + dice.below(60_000_000L));
        line.add(dice.below(3) + ":" + (10 + dice.below(50)) + ":" + (10 + dice.below(50)));
    }

    void audit(long id, Dice dice, Line line) {
        line.add(id).moment(shop.placed(Math.min(shop.orders(), 1 + id * shop.orders() * 50 / shop.lines())));
        line.add(words.firstNames.draw(dice).toLowerCase(java.util.Locale.ROOT) + "." + words.lastNames.draw(dice));
        line.add(dice.one(ACTIONS)).add(dice.one(ENTITIES)).add(1 + dice.below(shop.lines()));
        if (dice.chance(0.3)) {
            line.none();
        } else {
            line.open()
                    .append("{\"status\": \"paid\", \"total\": ")
                    .append(dice.few(90_000) / 100.0)
                    .append('}');
        }
        line.open().append("{\"status\": \"shipped\", \"total\": ").append(dice.few(90_000) / 100.0);
        line.text.append(", \"comment\": \"");
        line.prose(dice, 1 + dice.few(25));
        line.text.append("\"}");
        line.address(dice);
    }
}
