/**
 * What spans several operations: the whole loop of backup, restore and undo against real servers, and what happens to
 * it when things go wrong: damaged backups, lost servers, full disks, interruptions and kills at any moment, storage
 * that lies, hostile owners, months of a database's life. Whatever goes wrong, there are a message and a hint, the
 * promised exit status, and nothing is lost. Tests of one operation stand beside it.
 *
 * <p>Short in {@code mvn verify}; {@code -Dpgkeep.campaign=true} makes the long forms.
 */
@NullMarked
package dev.pgkeep.scenario;

import org.jspecify.annotations.NullMarked;
