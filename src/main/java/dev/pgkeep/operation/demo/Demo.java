package dev.pgkeep.operation.demo;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.operation.demo.DemoResult.Timing;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The story of a shop that loses its data and gets it back. */
public final class Demo {
    private static final String BACKUP = "before-the-accident";

    private final Stage stage;
    private final Clock clock;
    private final Cancellation cancellation;
    private final List<Timing> timings = new ArrayList<>();

    public Demo(Stage stage, Clock clock, Cancellation cancellation) {
        this.stage = stage;
        this.clock = clock;
        this.cancellation = cancellation;
    }

    /**
     * Tells the story; server, folder and database are gone when it ends.
     *
     * @param programs the server to start
     * @param temporary where the server and the backups live meanwhile
     * @param keep whether the user may play with it before everything is removed
     * @throws PgkeepException PROOF_FAILED when the restored rows are not those from before; whatever a step throws
     */
    public DemoResult run(ServerPrograms programs, Path temporary, boolean keep) {
        Instant started = clock.instant();
        stage.step("Starting a temporary server, PostgreSQL " + programs.version());
        try (DemoEnvironment place = timed("start server", () -> DemoEnvironment.make(programs, temporary))) {
            Shop shop = new Shop(place.maintenance(), cancellation);
            Content before = openShop(shop);
            List<Figure> figuresBefore = shop.figures();
            backUp(place);
            Content damaged = haveAccident(shop);
            List<Figure> figuresDamaged = shop.figures();
            stage.figures(List.of("before", "now"), List.of(figuresBefore, figuresDamaged));
            restore(place);
            Content restored = shop.content();
            List<List<Figure>> figures = List.of(figuresBefore, figuresDamaged, shop.figures());
            DemoResult result = new DemoResult(
                    place.server(),
                    before.ofKind("table").size(),
                    before.rows(),
                    before.fingerprint(),
                    damaged.fingerprint(),
                    restored.fingerprint(),
                    figures,
                    0,
                    List.of());
            prove(place, result);
            DemoResult ended = result.ended(seconds(started), timings);
            if (keep) {
                stage.play(place);
            }
            return ended;
        } catch (PgkeepException e) {
            throw cancellation.isCancelled() ? interrupted(e) : e;
        }
    }

    private Content openShop(Shop shop) {
        stage.step("Making the database of a small web shop");
        timed("make database", () -> {
            shop.create();
            return true;
        });
        Content content = shop.content();
        stage.chapter("1. A database");
        stage.say(
                "This is the database of a small web shop, with what real ones have: identity columns, an enum, a domain,"
                        + " orders in 13 partitions, generated columns, JSON, arrays, large objects, triggers, functions, foreign keys,"
                        + " views, a materialised view.");
        stage.tables(content.relations(), shop.bytes());
        return content;
    }

    private void backUp(DemoEnvironment place) {
        stage.chapter("2. A backup");
        stage.say("Before anything risky, one command:");
        run(place, "backup", BACKUP);
    }

    private Content haveAccident(Shop shop) {
        stage.chapter("3. An accident");
        stage.say("Then comes a bad afternoon. This is what is run on the database:");
        stage.code(timed("damage", shop::damage));
        stage.say("And this is what the shop sees now:");
        return shop.content();
    }

    private void restore(DemoEnvironment place) {
        stage.chapter("4. The way back");
        stage.say("On a terminal, restore asks before it replaces anything; --yes answers it here. The damaged database"
                + " is backed up first, so that even this can be undone.");
        run(place, "restore", BACKUP, "--yes");
    }

    private void prove(DemoEnvironment place, DemoResult result) {
        stage.chapter("5. The proof");
        stage.figures(List.of("before", "damaged", "restored"), result.figures());
        if (!result.isRestored()) {
            throw new PgkeepException(
                    ErrorCode.PROOF_FAILED,
                    "the restored rows are not those from before the accident (" + result.contentBefore() + ", "
                            + result.contentRestored() + ")",
                    "this is a bug in pgkeep; please report it");
        }
        stage.say("Figures may deceive, so every row was hashed too: " + result.contentBefore() + " before, "
                + result.contentDamaged() + " after the accident, " + result.contentRestored() + " now.");
        stage.good("All " + Sizes.count(result.rows(), "row") + " are back, each as it was.");
        stage.say("You need no accident to know that a backup is good. This restores it into a scratch database,"
                + " compares, and drops that again:");
        run(place, "verify", BACKUP, "--restore");
        run(place, "list");
    }

    private void run(DemoEnvironment place, String... words) {
        cancellation.check();
        timed(words[0], () -> {
            stage.pgkeep(place, words);
            return true;
        });
    }

    private <T> T timed(String step, java.util.function.Supplier<T> work) {
        Instant started = clock.instant();
        T result = work.get();
        timings.add(new Timing(step, seconds(started)));
        return result;
    }

    private double seconds(Instant started) {
        return Duration.between(started, clock.instant()).toMillis() / 1000.0;
    }

    private static PgkeepException interrupted(PgkeepException cause) {
        return new PgkeepException(
                ErrorCode.INTERRUPTED,
                "interrupted; the temporary server and its files are removed",
                "pgkeep demo begins again",
                cause);
    }
}
