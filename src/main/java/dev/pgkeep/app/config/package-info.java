/**
 * What the user wants, gathered: flags, environment, {@code pgkeep.toml} and {@code .env} files become one immutable
 * {@link dev.pgkeep.app.config.Settings}.
 *
 * <p>Doors: {@link dev.pgkeep.app.config.SettingsReader} (sources to settings) and
 * {@link dev.pgkeep.app.config.SettingsText} (the declared keys as documentation and as a commented file). Nothing here
 * is ambient, everything comes in through {@link dev.pgkeep.app.config.Sources}.
 *
 * <p>Every key is declared once, in {@code Keys}. Precedence: flag, environment, file, {@code .env}, default; a profile
 * asked for by name (flag or environment) stands between flag and environment, so that a forgotten {@code DATABASE_URL}
 * cannot redirect it. A direct URL wins over a pooled one only where both come from the same place: one left behind in
 * {@code .env} never replaces a {@code DATABASE_URL} of the environment. All problems are reported together, and no
 * message repeats the value of a key that may hold a password.
 */
@NullMarked
package dev.pgkeep.app.config;

import org.jspecify.annotations.NullMarked;
