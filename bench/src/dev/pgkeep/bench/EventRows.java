package dev.pgkeep.bench;

import java.util.List;

/** Rows of the table of events: what a service says about what it just did. */
final class EventRows {
    private static final List<String> SERVICES = List.of(
            "web", "web", "web", "api", "api", "api", "api", "checkout", "mailer", "billing", "search", "worker");
    private static final List<String> TAGS = List.of(
            "eu-west", "eu-central", "us-east", "canary", "mobile", "bot", "slow", "retry", "cached", "internal");

    private final Events events;
    private final Words words;

    EventRows(Events events, Words words) {
        this.events = events;
        this.words = words;
    }

    void event(long id, Dice dice, Line line) {
        long at = events.at(id);
        Payload payload = Payload.drawn(dice);
        double duration = Math.exp(3 + dice.bell() * 1.4);
        int status = payload.status(dice);
        String service = dice.one(SERVICES);
        line.add(id).moment(at).moment(at + 3_000 + dice.below(400_000L)).add(payload.kind());
        line.add(level(payload, status, dice)).add(service);
        line.add(service + "-" + (1 + dice.few(24)) + ".internal");
        actor(dice, line);
        if (dice.chance(0.75)) {
            line.real(Math.round(duration * 1000) / 1000.0);
        } else {
            line.none();
        }
        line.add(status);
        message(payload, status, duration, dice, line);
        tags(dice, line);
        payload.write(new Payload.Values(id, status, duration, events.customers(), words), dice, line);
        line.none();
    }

    private static String level(Payload payload, int status, Dice dice) {
        if (status >= 500 || payload == Payload.FAILURE) {
            return "error";
        }
        return status >= 400 ? "warning" : dice.chance(0.15) ? "debug" : "info";
    }

    /** Many events of the same visit follow each other. */
    private void actor(Dice dice, Line line) {
        if (dice.chance(0.35)) {
            line.none().none();
        } else {
            int customer = 1 + dice.few(events.customers());
            line.add(customer).uuid(new Dice(customer * 977L + dice.few(40)));
        }
        if (dice.chance(0.1)) {
            line.none();
        } else {
            line.address(dice);
        }
    }

    private void message(Payload payload, int status, double duration, Dice dice, Line line) {
        if (dice.chance(0.25)) {
            line.none();
        } else if (dice.chance(0.12)) {
            line.sentences(dice, 4 + dice.few(40));
        } else {
            StringBuilder text = line.open().append(payload.verb()).append(' ').append(words.words.draw(dice));
            text.append(" for customer ")
                    .append(1 + dice.few(events.customers()))
                    .append(": status ")
                    .append(status);
            text.append(" after ").append(Math.round(duration)).append(" ms");
        }
    }

    private static void tags(Dice dice, Line line) {
        if (dice.chance(0.4)) {
            line.none();
            return;
        }
        StringBuilder text = line.open().append('{').append(dice.one(TAGS));
        for (int more = dice.few(4); more > 0; more--) {
            text.append(',').append(dice.one(TAGS));
        }
        text.append('}');
    }
}
