package dev.pgkeep.operation.verify;

import dev.pgkeep.format.manifest.Kind;
import java.util.Optional;

/**
 * The request of an examination: which backups, and how closely.
 *
 * @param backup the one that is meant, as the user names it; the newest where nothing is said
 * @param all every backup, and the repository as a whole
 * @param kind every backup of that kind
 */
public record VerifyRequest(Optional<String> backup, boolean all, Optional<Kind> kind, Depth depth) {}
