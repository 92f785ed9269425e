package dev.pgkeep.bench;

final class Profile {
    Profile(Options options, Server server, Meter meter, Database database, Pgkeep pgkeep) {}

    void run(Report report) {}
}
