package dev.pgkeep.bench;

import java.util.List;

/** Rows about what is sold. */
final class Goods {
    private static final long FIRST_DAY = 18_600;
    private static final List<String> MATERIALS =
            List.of("oak", "walnut", "steel", "cotton", "wool", "linen", "leather", "glass", "ceramic", "recycled PET");

    private final Shop shop;
    private final Words words;

    Goods(Shop shop, Words words) {
        this.shop = shop;
        this.words = words;
    }

    void category(long id, Dice dice, Line line) {
        line.add(id);
        if (id <= 12) {
            line.none();
        } else {
            line.add(1 + dice.below((int) id - 1));
        }
        String name = words.words.draw(dice) + " " + words.words.draw(dice);
        line.add(name).add("/" + name.replace(' ', '-') + "/" + id).add(dice.below(40));
    }

    void product(long id, Dice dice, Line line) {
        line.add(id).open().append((char) ('A' + dice.below(20)));
        line.code(dice, 2);
        line.text.append('-').append(10_000 + id);
        line.add(1 + dice.few(shop.categories()));
        line.sentences(dice, 2 + dice.below(5)).sentences(dice, 30 + dice.few(250));
        line.decimal(Shop.cents((int) id), 2);
        line.real(Math.round(Math.exp(dice.bell()) * 100) / 100.0f);
        line.add("{" + dice.below(2000) / 10.0 + "," + dice.below(1500) / 10.0 + "," + dice.below(800) / 10.0 + "}");
        line.tags(dice, dice.below(7));
        line.open().append("{\"brand\": \"").append(words.lastNames.draw(dice)).append("\", \"material\": [\"");
        line.text
                .append(dice.one(MATERIALS))
                .append("\", \"")
                .append(dice.one(MATERIALS))
                .append("\"], \"warranty\": ");
        line.text.append(1 + dice.below(5)).append(", \"care\": \"");
        line.prose(dice, 4 + dice.below(10));
        line.text.append("\"}");
        line.add(dice.chance(0.85)).day(FIRST_DAY + id * 1500 / shop.products());
    }

    void review(long id, Dice dice, Line line) {
        line.add(id).add(1 + dice.few(shop.products())).add(1 + dice.below(shop.customers()));
        line.add(5 - dice.few(5)).sentences(dice, 2 + dice.below(6)).sentences(dice, 8 + dice.few(220));
        line.add(dice.few(90)).moment(1_680_000_000_000_000L + id * 400_000_000L + dice.below(300_000_000L));
    }

    void stock(long number, Dice dice, Line line) {
        line.add(1 + (number - 1) / 4)
                .add(1 + (number - 1) % 4)
                .add(dice.few(900))
                .add(dice.few(20));
        line.open().append((char) ('A' + dice.below(14))).append('-').append(10 + dice.below(60));
        line.moment(1_760_000_000_000_000L + dice.below(5_000_000_000_000L));
    }

    void price(long number, Dice dice, Line line) {
        int product = (int) (1 + (number - 1) / 3);
        long from = FIRST_DAY + (number - 1) % 3 * 400 + dice.below(90);
        line.add(product)
                .open()
                .append('[')
                .append(java.time.LocalDate.ofEpochDay(from))
                .append(',');
        line.text.append(java.time.LocalDate.ofEpochDay(from + 300)).append(')');
        line.decimal(Shop.cents(product) * (80 + dice.below(30)) / 100, 2);
    }

    /** Compressed pictures: nothing is left in them to compress. */
    void picture(long id, Dice dice, Line line) {
        byte[] content = new byte[3000 + dice.few(40_000)];
        dice.bytes(content);
        line.add(id).add(1 + dice.below(shop.products())).add(dice.chance(0.8) ? "image/jpeg" : "image/webp");
        line.bytes(content).add(200 + dice.below(1800)).add(200 + dice.below(1200));
    }
}
