/**
 * Keeps secrets out of everything that is written down. {@link dev.pgkeep.base.secret.KnownSecrets} learns each one
 * where it is read; {@link dev.pgkeep.base.secret.Redaction} is what texts pass through: messages of errors, what
 * client programs and commands of the application print, the texts of commands in the history, the log file. A secret
 * is found however it is written: percent-encoded, escaped for JSON, a shell or SQL, in Base64, and across the pieces
 * of a stream.
 */
@NullMarked
package dev.pgkeep.base.secret;

import org.jspecify.annotations.NullMarked;
