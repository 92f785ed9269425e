package dev.pgkeep.operation.restore.client;

/** Names of databases as the tools take them on a command line: a name that looks like a URL or a setting is none. */
final class Conninfo {
    private Conninfo() {}

    static String ofDatabase(String name) {
        return "dbname='" + name.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
