package dev.pgkeep.testing;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A program that tells what it was given. */
final class Echo {
    private Echo() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(Arrays.toString(arguments));
        System.getenv().forEach((name, value) -> System.out.println(name + "=" + value));
        System.err.println("complaint");
        var console = System.console();
        System.out.println("console " + (console != null && console.isTerminal()));
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("read " + input.readLine());
        System.exit(7);
    }
}
