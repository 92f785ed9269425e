/**
 * What happens when things go wrong, held through the real command line in child processes: damaged backups, lost
 * servers, full disks, missing rights, interruptions and kills at any moment, other sessions at work. Every test asks
 * the same of pgkeep: a message and a hint, the promised exit status, and nothing lost.
 */
@org.jspecify.annotations.NullMarked
package dev.pgkeep.scenario.failures;
