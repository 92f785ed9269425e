package dev.pgkeep.bench;

import java.util.List;
import java.util.Locale;

/** The tables beside the events: who they are about, and what was bought. */
final class Customers {
    private static final List<String> PLANS = List.of("free", "free", "free", "team", "team", "business");
    private static final List<String> COUNTRIES = List.of("DE", "DE", "GB", "FR", "US", "US", "ES", "PL", "NL", "SE");
    private static final List<String> STATUSES = List.of("paid", "shipped", "delivered", "delivered", "cancelled");

    private final Events events;
    private final Words words;

    Customers(Events events, Words words) {
        this.events = events;
        this.words = words;
    }

    void customer(long id, Dice dice, Line line) {
        String first = words.firstNames.draw(dice);
        String last = words.lastNames.draw(dice);
        line.add(id).add(first + " " + last);
        line.add(first.toLowerCase(Locale.ROOT) + id + "@example.com").add(dice.one(PLANS));
        line.add(dice.one(COUNTRIES)).open().append("{\"beta\": ").append(dice.chance(0.1));
        line.text.append(", \"limits\": {\"seats\": ").append(1 + dice.few(200)).append(", \"events\": ");
        line.text
                .append(1000 * (1 + dice.few(50)))
                .append("}, \"timezone\": \"Europe/")
                .append(words.cities.draw(dice));
        line.text.append("\"}");
        line.moment(1_650_000_000_000_000L + id * 40_000_000_000_000L / events.customers() + dice.below(900_000_000L));
    }

    void order(long id, Dice dice, Line line) {
        line.add(id).add(1 + dice.few(events.customers())).add(dice.one(STATUSES));
        line.decimal(500 + dice.few(90_000), 2).address(dice);
        if (dice.chance(0.1)) {
            line.sentences(dice, 3 + dice.few(25));
        } else {
            line.none();
        }
        line.moment(events.at(id * 16));
    }

    void item(long id, Dice dice, Line line) {
        long order = Math.max(1, Math.min(events.orders(), id / 3));
        line.add(id)
                .add(order)
                .add(words.words.draw(dice) + "-" + dice.few(900))
                .add(1 + dice.few(12));
        line.decimal(99 + dice.few(40_000), 2);
        line.real(Math.round(Math.exp(dice.bell()) * 1000) / 1000.0);
    }
}
