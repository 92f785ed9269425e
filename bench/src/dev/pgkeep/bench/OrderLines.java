package dev.pgkeep.bench;

import java.util.List;

/** Rows of the table that dominates. */
final class OrderLines {
    private static final List<String> TAX = List.of("0.190", "0.190", "0.190", "0.070", "0.200", "0.210", "0.000");
    private static final List<String> COLOURS = List.of(
            "black", "white", "navy", "red", "olive", "sand", "grey", "teal", "rose", "mustard", "natural", "silver");
    private static final List<String> SOURCES = List.of("web", "app", "phone", "shop", "partner", "newsletter");
    private static final List<String> OPEN = List.of("new", "paid", "picked", "shipped", "shipped");

    private final Shop shop;

    OrderLines(Shop shop) {
        this.shop = shop;
    }

    void line(long id, Dice dice, Line line) {
        long order = Math.max(1, id / Shop.LINES_PER_ORDER);
        int product = 1 + dice.few(shop.products());
        int quantity = dice.chance(0.7) ? 1 : 1 + dice.few(40);
        long placed = shop.placed(order);
        boolean old = id < shop.lines() * 0.97;
        line.add(id).add(order).add(product).add(quantity);
        line.decimal(Shop.cents(product) * (100 + dice.below(4)) / 100, 2);
        amounts(dice, line);
        line.add(status(dice, old)).add(dice.chance(0.04));
        weight(product, quantity, dice, line);
        codes(product, dice, line);
        texts(dice, line);
        line.moment(placed);
        if (dice.chance(0.6)) {
            line.moment(placed + 60_000_000L + (long) (Math.abs(dice.bell()) * 86_400_000_000L));
        } else {
            line.none();
        }
    }

    private static void amounts(Dice dice, Line line) {
        if (dice.chance(0.15)) {
            line.decimal(dice.chance(0.8) ? 500L * (1 + dice.below(8)) : dice.below(4000), 4);
        } else {
            line.none();
        }
        line.add(dice.one(TAX));
    }

    private static String status(Dice dice, boolean old) {
        if (dice.chance(0.05)) {
            return dice.chance(0.5) ? "returned" : "cancelled";
        }
        return old ? "delivered" : dice.one(OPEN);
    }

    private static void weight(int product, int quantity, Dice dice, Line line) {
        if (dice.chance(0.3)) {
            line.none();
        } else {
            double each = Math.exp(new Dice(product + 99L).bell());
            line.real(Math.round(each * 1000) * quantity / 1000.0);
        }
    }

    /** A product lies in one of two places. */
    private static void codes(int product, Dice dice, Line line) {
        var place = new Dice(product * 2L + dice.below(2) + 1_000_003);
        line.open().append((char) ('A' + place.few(14))).append('-');
        line.text.append(10 + place.below(60)).append('-').append(100 + place.few(500));
        if (dice.chance(0.2)) {
            line.open().append("SN");
            line.code(dice, 9);
        } else {
            line.none();
        }
        if (dice.chance(0.25)) {
            line.uuid(dice);
        } else {
            line.none();
        }
    }

    private static void texts(Dice dice, Line line) {
        if (dice.chance(0.18)) {
            line.sentences(dice, 2 + dice.few(30));
        } else {
            line.none();
        }
        if (dice.chance(0.45)) {
            details(dice, line);
        } else {
            line.none();
        }
        if (dice.chance(0.15)) {
            line.tags(dice, 1 + dice.below(4));
        } else {
            line.none();
        }
    }

    private static void details(Dice dice, Line line) {
        StringBuilder json = line.open().append("{\"color\": \"").append(dice.one(COLOURS));
        json.append("\", \"source\": \"").append(dice.one(SOURCES)).append('"');
        if (dice.chance(0.6)) {
            json.append(", \"size\": ").append(34 + dice.below(16));
        }
        if (dice.chance(0.3)) {
            json.append(", \"campaign\": {\"id\": ").append(1000 + dice.few(700));
            json.append(", \"click\": \"");
            line.code(dice, 11);
            json.append("\"}");
        }
        if (dice.chance(0.08)) {
            json.append(", \"engraving\": \"");
            line.prose(dice, 1 + dice.below(5));
            json.append('"');
        }
        json.append('}');
    }
}
