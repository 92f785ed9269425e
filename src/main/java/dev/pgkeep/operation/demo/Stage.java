package dev.pgkeep.operation.demo;

import java.util.List;

/** The stage on which the story is told, and on which the commands in it are run. */
public interface Stage {
    /** A new part of the story begins. */
    void chapter(String title);

    /** A paragraph; broken into lines by the stage. */
    void say(String text);

    /** Announces something that takes a moment; ends with the next call. */
    void step(String what);

    /** Lines as they are, SQL or things to type. */
    void code(List<String> lines);

    /** Tells what the database is made of. */
    void tables(List<Relation> relations, long bytes);

    /** Figures side by side: one list for each heading, all with the same names in the same order. */
    void figures(List<String> headings, List<List<Figure>> columns);

    /** Tells something that turned out well. */
    void good(String text);

    /**
     * Runs a command of pgkeep, shown as a user would type it.
     *
     * @throws dev.pgkeep.base.error.PgkeepException when it fails
     */
    void pgkeep(DemoEnvironment place, String... words);

    /** Holds the curtain until the user has played enough. */
    void play(DemoEnvironment place);
}
