package dev.pgkeep.postgres.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Values of settings as SQL. A few settings are lists of names, stored as one text with the names quoted; given back as
 * one literal they would become one strange name, so they are taken apart, as pg_dump does.
 */
public final class SettingList {
    /** The settings that PostgreSQL marks GUC_LIST_QUOTE; extensions cannot add any. */
    private static final Set<String> QUOTED_LISTS = Set.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");

    private SettingList() {}

    /** The value as it stands after {@code SET name TO}. */
    public static String sql(String name, String stored) {
        if (!QUOTED_LISTS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            return Sql.literal(stored);
        }
        List<String> items = split(stored);
        return items.isEmpty() ? "''" : items.stream().map(Sql::literal).collect(Collectors.joining(", "));
    }

    static List<String> split(String stored) {
        var items = new ArrayList<String>();
        int position = 0;
        while (position < stored.length()) {
            char first = stored.charAt(position);
            if (Character.isWhitespace(first) || first == ',') {
                position++;
            } else if (first == '"') {
                position = quoted(stored, position + 1, items);
            } else {
                int comma = stored.indexOf(',', position);
                int end = comma < 0 ? stored.length() : comma;
                items.add(stored.substring(position, end).strip());
                position = end;
            }
        }
        return items;
    }

    private static int quoted(String stored, int start, List<String> items) {
        var item = new StringBuilder();
        int position = start;
        while (position < stored.length()) {
            char character = stored.charAt(position++);
            if (character != '"') {
                item.append(character);
            } else if (position < stored.length() && stored.charAt(position) == '"') {
                item.append('"');
                position++;
            } else {
                break;
            }
        }
        items.add(item.toString());
        return position;
    }
}
