package dev.pgkeep.operation.run;

import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.operation.appcommand.ApplicationCommand;
import dev.pgkeep.operation.appcommand.CommandOutput;
import dev.pgkeep.operation.appcommand.CommandPlace;
import dev.pgkeep.operation.backup.Backup;
import dev.pgkeep.operation.backup.BackupRequest;
import dev.pgkeep.operation.cleanup.Cleanup;
import dev.pgkeep.operation.cleanup.CleanupOptions;
import dev.pgkeep.operation.cleanup.CleanupOutcome;
import dev.pgkeep.operation.cleanup.CleanupRule;
import dev.pgkeep.operation.diff.Diff;
import dev.pgkeep.operation.diff.DiffRequest;
import dev.pgkeep.operation.diff.RepairRequest;
import dev.pgkeep.operation.diff.RepairRows;
import dev.pgkeep.operation.diff.RowRepair;
import dev.pgkeep.operation.guard.GuardRequest;
import dev.pgkeep.operation.guard.GuardSettings;
import dev.pgkeep.operation.guard.GuardedRun;
import dev.pgkeep.operation.refresh.Refresh;
import dev.pgkeep.operation.refresh.RefreshSource;
import dev.pgkeep.operation.refresh.masking.MaskRules;
import dev.pgkeep.operation.refresh.masking.MaskingKey;
import dev.pgkeep.operation.reset.Reset;
import dev.pgkeep.operation.reset.SeedCommand;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.operation.restore.plan.RestoreOption;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.retention.Delete;
import dev.pgkeep.operation.retention.DeletePlan;
import dev.pgkeep.operation.retention.KeepRules;
import dev.pgkeep.operation.retention.Prune;
import dev.pgkeep.operation.retention.RetentionPlan;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestoreOptions;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.rows.RowsRestore;
import dev.pgkeep.operation.undo.KeptDatabaseExpiry;
import dev.pgkeep.operation.undo.SwapBack;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.Verify;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.testing.MadeBackup;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** Everything that records its runs, each on the same small database. */
enum Operation {
    ROWS_RESTORE("rows restore", 1, false) {
        @Override
        Runnable prepare(RunDesk desk) {
            return putBack(desk, OnConflict.FAIL, cleanedUp(desk));
        }
    },
    ROWS_RESTORE_OVER_OTHERS("rows restore", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            Path document = cleanedUp(desk);
            desk.database.execute("insert into things values (4, 'another')");
            return putBack(desk, OnConflict.OVERWRITE, document);
        }
    },
    CLEANUP("cleanup", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            return () -> cleanUp(desk, CleanupOptions.USUAL);
        }
    },
    CLEANUP_IN_BATCHES("cleanup", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            return () -> cleanUp(desk, new CleanupOptions(true, OptionalInt.of(1), Duration.ZERO));
        }
    },
    RESTORE("restore", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            return restored(desk, request -> request);
        }
    },
    RESTORE_INSIDE("restore", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            return restored(desk, request -> request.with(RestoreOption.CLEAN));
        }
    },
    RESTORE_WITHOUT_SAFETY_BACKUP("restore", 2, false) {
        @Override
        Runnable prepare(RunDesk desk) {
            return restored(desk, request -> request.with(RestoreOption.SAFETY_BACKUP, false));
        }
    },
    RESTORE_BY_SWAP("restore", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            return restored(desk, request -> request.swapping(Duration.ofDays(1)));
        }
    },
    REFRESH("refresh", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            var other = desk.closing(PostgresServers.any().database("origin"));
            RunDesk.fill(other);
            other.execute("delete from things where id < 3");
            var source = new RefreshSource(
                    "there", desk.repository(), desk.source(desk.backUp(other.target())), List.of(), Optional.empty());
            return () -> {
                var refresh = new Refresh(
                        desk.connector, PostgresClients.tools(), desk.safety(), desk.folder, desk.context());
                refresh.run(
                        refresh.plan(source, desk.target(), MaskRules.NONE, MaskingKey.random()),
                        MaskRules.NONE,
                        MaskingKey.random());
            };
        }
    },
    SWAP_BACK("undo", 2, false) {
        @Override
        Runnable prepare(RunDesk desk) {
            KeptDatabase kept = swappedOut(desk);
            return () -> {
                var back = new SwapBack(desk.connector, desk.context());
                back.run(back.plan(desk.target(), kept), Duration.ofDays(1));
            };
        }
    },
    DISCARD("discard", 1, false) {
        @Override
        Runnable prepare(RunDesk desk) {
            KeptDatabase kept = swappedOut(desk);
            return () -> new KeptDatabaseExpiry(desk.connector, desk.context())
                    .discard(desk.target(), List.of(kept), stake -> {});
        }

        @Override
        String state(RunDesk desk) {
            return kept(desk).toString();
        }
    },
    RESET("reset", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            var step = new SeedCommand("seed", "seed", target -> {
                desk.database.execute("create table things (id int, what text); insert into things values (9, 'new')");
                return new SeedCommand.Result(Duration.ZERO, Optional.empty());
            });
            return () -> {
                var reset = new Reset(
                        desk.connector,
                        desk.repository(),
                        desk.safety(),
                        Optional.empty(),
                        java.time.Duration.ofHours(24),
                        desk.context());
                reset.run(reset.plan(desk.target(), List.of(step)), false, false, stake -> {});
            };
        }
    },
    GUARD("guard", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            return guarded(desk, "delete from things where id = 1");
        }
    },
    BACKUP("backup", 1, false) {
        @Override
        Runnable prepare(RunDesk desk) {
            return () -> {
                Backup backup = desk.backup();
                backup.run(backup.plan(BackupRequest.of(Kind.MANUAL), desk.target()));
            };
        }

        @Override
        String state(RunDesk desk) {
            return desk.repository().list().toString();
        }
    },
    VERIFY("verify", 1, false) {
        @Override
        Runnable prepare(RunDesk desk) {
            made(desk, 1);
            return () -> new Verify(PostgresClients.tools(), desk.repository(), desk.scratch(), desk.context())
                    .runAll(
                            "shop",
                            desk.repository().list(),
                            Depth.QUICK,
                            Optional.empty(),
                            List.of(),
                            verdict -> desk.heard.step("verdict"));
        }

        @Override
        String state(RunDesk desk) {
            return desk.heard.steps.contains("verdict") ? "examined" : "";
        }
    },
    PRUNE("prune", 2, false) {
        @Override
        Runnable prepare(RunDesk desk) {
            made(desk, 1);
            made(desk, 2);
            return () -> new Prune(desk.repository(), desk.context())
                    .run(RetentionPlan.of(desk.repository().list(), "shop", LAST, NOON));
        }

        @Override
        String state(RunDesk desk) {
            return desk.repository().list().toString();
        }
    },
    DELETE("delete", 2, false) {
        @Override
        Runnable prepare(RunDesk desk) {
            made(desk, 1);
            return () -> new Delete(desk.repository(), desk.context())
                    .run(new DeletePlan(desk.repository().list()));
        }

        @Override
        String state(RunDesk desk) {
            return desk.repository().list().toString();
        }
    },
    DIFF_REPAIR("diff", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            var backup = (ChunkedSource) desk.source(desk.backUp(desk.target()));
            desk.database.execute("delete from things where id > 3");
            RepairRows lost = desk.closing(new RepairRows(true, true));
            new Diff(desk.connector, desk.repository(), desk.scratch(), desk.heard, desk.cancellation)
                    .run(
                            backup,
                            desk.target(),
                            new DiffRequest(
                                    table -> true, 0, Optional.empty(), Optional.empty(), Optional.of(lost), false));
            return () -> {
                try (var repair = new RowRepair(
                        new RepairRequest(lost, backup.metadata(), desk.target()),
                        desk.connector,
                        desk.repository(),
                        desk.safety(),
                        desk.context())) {
                    repair.run(repair.look(), "write rows", stake -> {});
                }
            };
        }
    };

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final KeepRules LAST = new KeepRules(OptionalInt.of(1), Optional.empty(), Optional.empty());

    /** How the history names it. */
    final String command;

    /** How often it writes to the history when all goes well. */
    final int writes;

    /** Whether it changes nothing when its beginning cannot be written. */
    final boolean needsBeginning;

    Operation(String command, int writes, boolean needsBeginning) {
        this.command = command;
        this.writes = writes;
        this.needsBeginning = needsBeginning;
    }

    /** Makes everything ready, so that the run itself is all that is left. */
    abstract Runnable prepare(RunDesk desk);

    /** What it changes. */
    String state(RunDesk desk) {
        return desk.things();
    }

    private static Path cleanedUp(RunDesk desk) {
        return cleanUp(desk, CleanupOptions.USUAL).document();
    }

    private static CleanupOutcome cleanUp(RunDesk desk, CleanupOptions options) {
        var rule = new CleanupRule("", Optional.empty(), "things", Optional.of("id > 3"), Optional.empty(), "--where");
        Cleanup cleanup = new Cleanup(desk.connector, desk.repository(), desk.safety(), desk.context());
        return cleanup.run(cleanup.look(desk.target(), List.of(rule)), options, stake -> {});
    }

    private static RestoreSource changedAfterBackup(RunDesk desk) {
        RestoreSource source = desk.source(desk.backUp(desk.target()));
        desk.database.execute("delete from things where id > 3");
        return source;
    }

    private static Runnable restored(RunDesk desk, UnaryOperator<RestoreRequest> wish) {
        RestoreSource source = changedAfterBackup(desk);
        return () -> {
            Restore restore = desk.restore();
            var request = wish.apply(RestoreRequest.back(desk.target()));
            restore.run(restore.plan(source, request), "restore", PostLoadHook.NOTHING);
        };
    }

    /** What a restore by swap replaced. */
    private static KeptDatabase swappedOut(RunDesk desk) {
        restored(desk, request -> request.swapping(Duration.ofDays(1))).run();
        return kept(desk).getFirst();
    }

    private static List<KeptDatabase> kept(RunDesk desk) {
        return new KeptDatabaseExpiry(desk.connector, desk.context())
                .list(desk.target()).stream()
                        .filter(each -> each.note().database().equals(desk.database.name()))
                        .toList();
    }

    private static Runnable guarded(RunDesk desk, String sql) {
        String psql = "psql -X -q -v ON_ERROR_STOP=1 -d \"$DATABASE_URL\" -c '" + sql + "'";
        var silent = new PrintStream(OutputStream.nullOutputStream());
        var nowhere = new CommandOutput.Lines(silent, silent, false);
        var place = new CommandPlace(desk.folder, desk.environment(), desk.database.url(), "guarded", nowhere);
        var request = new GuardRequest(
                GuardRequest.GUARD,
                "pgkeep undo",
                Kind.PRE_RESTORE,
                ApplicationCommand.shell(psql),
                place,
                Optional.empty(),
                place,
                Optional.empty(),
                false,
                Optional.empty(),
                true,
                false);
        var backup = desk.manifest(desk.backUp(desk.target()));
        return () -> {
            var guard = new GuardedRun(
                    desk.connector,
                    desk.repository(),
                    (kind, target) -> {
                        desk.safety().make(target);
                        return backup;
                    },
                    desk.restore(),
                    new GuardSettings(desk.folder, Optional.empty(), "test", () -> {}),
                    desk.context());
            guard.run(guard.plan(request, desk.target()));
        };
    }

    private static void made(RunDesk desk, int day) {
        MadeBackup.of("shop", NOON.minus(Duration.ofDays(day))).checked().storeIn(desk.repository());
    }

    private static Runnable putBack(RunDesk desk, OnConflict onConflict, Path document) {
        return () -> {
            var restore = new RowsRestore(desk.connector, desk.safety(), desk.context());
            RestorePreview preview = restore.look(document, desk.target());
            restore.run(preview, new RestoreOptions(onConflict, false));
        };
    }
}
