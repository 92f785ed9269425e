package dev.pgkeep.bench;

import java.util.List;
import java.util.Map;

/** What a database holds: the same rows in every run, from the number of rows of the table that dominates. */
sealed interface Data permits Shop, Events {
    /** Which of them: the word of {@code --data}. */
    enum Name {
        SHOP,
        EVENTS;

        Data of(Words words, long rows) {
            return switch (this) {
                case SHOP -> new Shop(words, rows);
                case EVENTS -> new Events(words, rows);
            };
        }

        /** How many rows take the room of so many of the shop: those of events are wider. */
        long rows(long ofShop) {
            return this == SHOP ? ofShop : ofShop * 3 / 5;
        }

        /** The folder of its SQL, and how reports call it. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    Name name();

    /** Every table, in the order in which foreign keys could be checked. */
    Map<String, Table> tables();

    /** The table that dominates. */
    String large();

    /** Rows of the table that dominates. */
    default long rows() {
        return tables().get(large()).rows();
    }

    /** The tables that grow, in the order in which rows come on top. */
    List<String> growing();

    /** What happens to old rows of the large table while it grows, so that rows do not lie in the order of keys. */
    String churn();

    /** Changes one row in a hundred of the large table, all over it. */
    String update();

    /** Removes one row in a hundred of the large table, all over it. */
    default String delete() {
        return "DELETE FROM " + large() + " WHERE (hashint8(id) & 2147483647) % 100 = 17";
    }

    /** Changes every row of a small table. */
    String updateHot();

    /** Bytes of each of two large objects; 0: it has none. */
    int largeObjectBytes();
}
