package dev.pgkeep.bench;

/** A repository with 1,000 backups and 1,000,000 chunks. */
final class LargeRepository {
    LargeRepository(Options options, Server server, Meter meter) {}

    String run() {
        return "";
    }
}
