/**
 * Gathers what the user wants: flags, environment, {@code pgkeep.toml} and {@code .env} files become one immutable
 * {@link dev.pgkeep.app.config.Settings}.
 *
 * <ol>
 *   <li>{@link dev.pgkeep.app.config.Sources} is everything that is read; nothing here is ambient.
 *       {@link dev.pgkeep.app.config.SettingsReader} finds the file, reads it ({@code SettingsFile}, {@code EnvFile}),
 *       and chooses the profile.
 *   <li>{@code Lookup} finds a key, declared once in {@code Keys}: flag, a profile asked for by name, environment,
 *       file, {@code .env}, default. So a forgotten {@code DATABASE_URL} cannot redirect a profile that was asked for.
 *       A direct URL wins over a pooled one only where both come from the same place.
 *   <li>{@code Values} makes values of their texts; what names a program is {@link dev.pgkeep.app.config.Entrusted}.
 *   <li>All problems are reported together ({@code Problems}), and no message repeats the value of a key that may hold
 *       a password.
 * </ol>
 *
 * <p>{@link dev.pgkeep.app.config.SettingsText} prints the declared keys as documentation and as a commented file.
 */
@NullMarked
package dev.pgkeep.app.config;

import org.jspecify.annotations.NullMarked;
