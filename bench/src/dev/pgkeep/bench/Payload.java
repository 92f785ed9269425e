package dev.pgkeep.bench;

import java.util.List;
import java.util.Locale;

/** The few shapes that payloads have, each with its own values. */
enum Payload {
    VIEW("page_view", "showed") {
        @Override
        void fields(Values values, Dice dice, Line line) {
            line.text
                    .append("\"path\": \"/")
                    .append(values.words.words.draw(dice))
                    .append('/')
                    .append(dice.few(9000));
            line.text
                    .append("\", \"referrer\": \"https://")
                    .append(dice.one(REFERRERS))
                    .append("\", \"agent\": \"");
            line.text.append(dice.one(AGENTS)).append(100 + dice.few(40)).append("\", \"viewport\": [");
            line.text
                    .append(dice.one(WIDTHS))
                    .append(", ")
                    .append(600 + dice.few(700))
                    .append("], \"first\": ");
            line.text.append(dice.chance(0.2));
        }
    },
    REQUEST("api_request", "answered") {
        @Override
        void fields(Values values, Dice dice, Line line) {
            line.text.append("\"method\": \"").append(dice.one(METHODS)).append("\", \"route\": \"/api/v2/");
            line.text.append(dice.one(ROUTES)).append("\", \"bytes\": ").append(200 + dice.few(90_000));
            line.text.append(", \"status\": ").append(values.status).append(", \"timing\": {\"db\": ");
            number(values.duration * 0.6, line);
            line.text.append(", \"total\": ");
            number(values.duration, line);
            line.text.append("}, \"request\": \"");
            line.code(dice, 16);
            line.text.append('"');
        }
    },
    READING("reading", "measured") {
        @Override
        void fields(Values values, Dice dice, Line line) {
            line.text.append("\"sensor\": \"s-").append(dice.few(400)).append("\", \"temperature\": ");
            number(20 + dice.bell() * 4, line);
            line.text.append(", \"humidity\": ");
            number(50 + dice.bell() * 12, line);
            line.text.append(", \"battery\": 0.").append(10 + dice.below(90)).append(", \"unit\": \"C\"");
        }
    },
    PAYMENT("payment", "charged") {
        @Override
        void fields(Values values, Dice dice, Line line) {
            line.text.append("\"order\": ").append(values.id / 16).append(", \"amount\": ");
            line.text.append(5 + dice.few(900)).append(".99, \"currency\": \"EUR\", \"card\": {\"brand\": \"");
            line.text.append(dice.chance(0.6) ? "visa" : "mastercard").append("\", \"last4\": \"");
            line.text
                    .append(1000 + dice.below(9000))
                    .append("\"}, \"captured\": ")
                    .append(dice.chance(0.96));
        }
    },
    LOGIN("login", "admitted") {
        @Override
        void fields(Values values, Dice dice, Line line) {
            line.text
                    .append("\"method\": \"")
                    .append(dice.chance(0.7) ? "password" : "sso")
                    .append("\", \"ok\": ");
            line.text
                    .append(values.status < 400)
                    .append(", \"geo\": {\"city\": \"")
                    .append(values.words.cities.draw(dice));
            line.text
                    .append("\", \"lat\": ")
                    .append(36 + dice.below(2_400_000L) / 1e5)
                    .append(", \"lon\": ");
            line.text
                    .append(dice.below(2_400_000L) / 1e5)
                    .append("}, \"user\": ")
                    .append(1 + dice.few(values.customers));
        }
    },
    JOB("job", "finished") {
        @Override
        void fields(Values values, Dice dice, Line line) {
            line.text.append("\"queue\": \"").append(dice.one(QUEUES)).append("\", \"job\": \"");
            line.code(dice, 20);
            line.text.append("\", \"attempts\": ").append(1 + dice.few(5)).append(", \"waited\": ");
            number(values.duration * 7, line);
            line.text.append(", \"result\": null");
        }
    },
    FAILURE("failure", "gave up on") {
        @Override
        void fields(Values values, Dice dice, Line line) {
            line.text.append("\"exception\": \"").append(dice.one(EXCEPTIONS)).append("\", \"text\": \"");
            line.prose(dice, 3 + dice.few(20));
            line.text
                    .append("\", \"stack\": [\"")
                    .append(dice.one(FRAMES))
                    .append(dice.few(400))
                    .append("\", \"");
            line.text
                    .append(dice.one(FRAMES))
                    .append(dice.few(400))
                    .append("\", \"")
                    .append(dice.one(FRAMES));
            line.text.append(dice.few(400)).append("\"], \"retry\": ").append(dice.chance(0.5));
        }
    };

    private static final List<Payload> OFTEN = List.of(
            VIEW, VIEW, VIEW, VIEW, VIEW, VIEW, REQUEST, REQUEST, REQUEST, REQUEST, REQUEST, REQUEST, REQUEST, READING,
            READING, READING, PAYMENT, LOGIN, JOB, FAILURE);
    private static final List<String> REFERRERS = List.of(
            "www.example.com/",
            "search.example.org/?q=",
            "news.example.net/today",
            "mail.example.com/inbox",
            "shop.example/");
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) Version/",
            "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/");
    private static final List<String> WIDTHS = List.of("390", "412", "768", "1280", "1440", "1920");
    private static final List<String> METHODS = List.of("GET", "GET", "GET", "POST", "PUT", "DELETE");
    private static final List<String> ROUTES = List.of(
            "orders/{id}", "orders", "customers/{id}", "items?order={id}", "search", "cart", "events", "settings");
    private static final List<String> QUEUES = List.of("mail", "mail", "invoices", "thumbnails", "export", "cleanup");
    private static final List<String> EXCEPTIONS = List.of(
            "java.net.SocketTimeoutException",
            "NullPointerException",
            "psycopg2.errors.DeadlockDetected",
            "KeyError",
            "TypeError: undefined is not a function");
    private static final List<String> FRAMES = List.of(
            "app/services/cart.rb:",
            "lib/http/client.rb:",
            "app/models/order.rb:",
            "lib/pool.rb:",
            "app/jobs/mail.rb:",
            "lib/retry.rb:",
            "config/boot.rb:");

    private final String kind;
    private final String verb;

    Payload(String kind, String verb) {
        this.kind = kind;
        this.verb = verb;
    }

    /** What a payload tells of the event that it belongs to. */
    record Values(long id, int status, double duration, int customers, Words words) {}

    abstract void fields(Values values, Dice dice, Line line);

    /** The next field of a line. */
    void write(Values values, Dice dice, Line line) {
        line.open().append('{');
        fields(values, dice, line);
        line.text.append('}');
    }

    static Payload drawn(Dice dice) {
        return dice.one(OFTEN);
    }

    String kind() {
        return kind;
    }

    String verb() {
        return verb;
    }

    int status(Dice dice) {
        if (this == FAILURE) {
            return 500 + dice.below(4);
        }
        return dice.chance(0.93) ? 200 : dice.chance(0.8) ? 404 - dice.below(4) : 503;
    }

    private static void number(double value, Line line) {
        line.text.append(String.format(Locale.ROOT, "%.3f", value));
    }
}
