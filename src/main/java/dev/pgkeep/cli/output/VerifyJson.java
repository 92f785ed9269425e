package dev.pgkeep.cli.output;

import dev.pgkeep.verify.Verdict;
import java.util.List;

/** The result of {@code verify --json}. */
@io.avaje.jsonb.Json
public record VerifyJson(List<Verdict> verdicts, boolean good) {}
