package dev.pgkeep.cli.render;

import java.util.Map;

/**
 * A small document of JSON that says itself what is in it. A record with a generated adapter costs every run two
 * classes, also those that only list; one of these costs nothing but where it is printed.
 */
public interface Fields {
    /**
     * Names and values, in the order in which they are printed: texts, numbers, truths, and lists and maps of these.
     */
    Map<String, Object> fields();
}
