package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.files.HostSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command that installs client tools on this operating system. */
final class InstallAdvice {
    private InstallAdvice() {}

    /** The command that installs client programs, for instance {@code sudo apt-get install postgresql-client-17}. */
    static String command(Version wanted) {
        return command(wanted, Path.of("/"), HostSystem.isWindows());
    }

    static String command(Version wanted, Path root, boolean windows) {
        String major = wanted.majorText();
        if (windows) {
            return "choco install postgresql" + major;
        }
        if (Files.exists(root.resolve("System/Library"))) {
            return "brew install postgresql@" + major;
        }
        if (Files.exists(root.resolve("etc/debian_version"))) {
            return "sudo apt-get install postgresql-client-" + major;
        }
        if (Files.exists(root.resolve("etc/alpine-release"))) {
            return "apk add postgresql" + major + "-client";
        }
        if (Files.exists(root.resolve("etc/arch-release"))) {
            return "sudo pacman -S postgresql-libs postgresql";
        }
        if (Files.exists(root.resolve("etc/SuSE-release")) || Files.exists(root.resolve("etc/SUSE-brand"))) {
            return "sudo zypper install postgresql" + major;
        }
        return "sudo dnf install postgresql" + major;
    }

    /** The command, and where packages of every version come from when the system's own do not have it. */
    static String hint(Version wanted) {
        return command(wanted) + "   (not found? add the packages of https://www.postgresql.org/download/)";
    }
}
