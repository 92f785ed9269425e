package dev.pgkeep.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One table and how its rows are made: each from its number alone.
 *
 * @param columns those that are given, in brackets; empty: all
 * @param rows how many there are at first
 */
record Table(String name, String columns, long rows, RowMaker maker) {
    /** Appends the row of that number, from 1. */
    @FunctionalInterface
    interface RowMaker {
        void row(long number, Dice dice, Line line);
    }

    /** By name, in the order given. */
    static Map<String, Table> byName(Table... tables) {
        Map<String, Table> byName = new LinkedHashMap<>();
        for (Table table : tables) {
            byName.put(table.name(), table);
        }
        return byName;
    }
}
