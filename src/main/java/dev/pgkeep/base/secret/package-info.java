/**
 * Keeps secrets out of everything that is written down. {@link dev.pgkeep.base.secret.KnownSecrets} learns each one
 * where it is read: every {@code Secret}, what variables and {@code .env} files hold under names like PASSWORD or
 * TOKEN, passwords in URLs, keys of masking. It is one set for the whole process, because what must not be written does
 * not depend on who writes it.
 *
 * <p>{@link dev.pgkeep.base.secret.Redaction} is what texts pass through: messages of errors, what client programs and
 * commands of the application print, the texts of commands in the history, the log file.
 * {@link dev.pgkeep.base.secret.RedactedText} does it for streams, wherever one was cut. A secret is found however it
 * is written: percent-encoded, escaped for JSON, a shell or SQL, in Base64 ({@code SecretForms}).
 *
 * <p>Not ours to hide: the hashes that pg_dumpall writes into roles and tablespaces.
 */
@NullMarked
package dev.pgkeep.base.secret;

import org.jspecify.annotations.NullMarked;
