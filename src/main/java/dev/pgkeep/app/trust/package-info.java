/**
 * Whose files are read, and which programs may be started that files name. The door is
 * {@link dev.pgkeep.app.trust.Trust}. Files that others own or may write are not read until they were allowed, and what
 * a file names is not run until it was; both are remembered outside of the project
 * ({@link dev.pgkeep.app.trust.TrustList}), bound to what was seen then.
 */
@NullMarked
package dev.pgkeep.app.trust;

import org.jspecify.annotations.NullMarked;
