package dev.pgkeep.cli.render;

import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.repository.inspection.Finding;
import java.util.List;

/**
 * The result of {@code verify --json}.
 *
 * @param good whether every backup is, and nothing else is lost or damaged
 * @param findings with {@code --all}: what is wrong with the repository as a whole
 */
@io.avaje.jsonb.Json
public record VerifyJson(List<VerifyResult> verdicts, boolean good, List<Finding> findings) {}
