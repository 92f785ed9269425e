package dev.pgkeep.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The declared keys as text: a commented {@code pgkeep.toml} to start from, and a table for the documentation. */
public final class SettingsText {
    /** The name of the configuration file. */
    public static final String FILE = SettingsFile.NAME;

    private SettingsText() {}

    /** Every key, commented out, with its help and default; reading it changes nothing. */
    public static String commentedFile() {
        return file(Map.of());
    }

    /**
     * The commented configuration file with some keys set.
     *
     * @param values names of keys and their values as TOML, for instance {@code "npm run seed"} with its quotes
     */
    public static String file(Map<String, String> values) {
        var out = new StringBuilder("""
                # Settings of pgkeep for this project. Everything has a default: uncomment what you want otherwise.
                # Flags and environment variables (PGKEEP_…) are stronger than this file, .env files are weaker.
                """);
        String section = "";
        for (Key key : Keys.ALL) {
            String own = section(key);
            if (!own.equals(section)) {
                boolean used = values.keySet().stream().anyMatch(name -> name.startsWith(own + "."));
                out.append(used ? "\n[" : "\n# [").append(own).append("]\n");
                section = own;
            }
            String name = key.name().substring(own.isEmpty() ? 0 : own.length() + 1);
            String value = values.get(key.name());
            out.append("\n# ").append(key.help()).append(standard(key)).append('\n');
            out.append(value == null ? "# " : "").append(name).append(" = ");
            out.append(value == null ? key.example() : value).append('\n');
        }
        return out.append("""

                # What becomes of the values of columns when "pgkeep refresh" takes a copy: a table for each table (or
                # [mask."*"] for all), a key for each column, whose value is "keep", "null", "hash", "email",
                # { constant = "…" } or { sql = "…" }.
                # [mask.users]
                # email = "email"
                # name = "hash"
                # phone = "null"
                # note = { constant = "removed" }
                # birthday = { sql = "date_trunc('year', birthday)" }

                # Rows that "pgkeep cleanup PLAN" deletes, with everything that refers to them, after a full backup and a file
                # from which "pgkeep undo" puts them back. Without --execute it only shows what would go.
                # [cleanup.test-orders]
                # description = "Orders that tests left behind"
                # table = "orders"
                # where = "customer_email LIKE '%@example.com'"
                #
                # [cleanup.test-customers]
                # table = "customers"
                # sql = "SELECT id FROM customers WHERE email LIKE 'e2e+%'"

                # Other databases, each with any of the keys above: pgkeep --profile production …
                # [profile.production]
                # url = "${PRODUCTION_DATABASE_URL}"
                # protected = true
                """).toString();
    }

    /** A Markdown table of keys, variables, defaults and help. */
    public static String table() {
        var lines = new ArrayList<>(List.of("| key | variable | default | meaning |", "|---|---|---|---|"));
        for (Key key : Keys.ALL) {
            var variables = new ArrayList<>(List.of("`" + key.variable() + "`"));
            key.others().forEach(name -> variables.add("`" + name + "`"));
            lines.add("| `" + key.name() + "` | " + String.join(", ", variables) + " | "
                    + (key.standard().isEmpty() ? "–" : key.standard()) + " | " + key.help() + " |");
        }
        return String.join("\n", lines) + "\n";
    }

    private static String section(Key key) {
        int dot = key.name().indexOf('.');
        return dot < 0 ? "" : key.name().substring(0, dot);
    }

    private static String standard(Key key) {
        return key.standard().isEmpty() ? "" : " Default: " + key.standard() + ".";
    }
}
