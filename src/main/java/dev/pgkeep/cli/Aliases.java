package dev.pgkeep.cli;

import java.util.ArrayList;
import java.util.List;

/** Other ways to say the same: {@code backup list}, {@code help backup}, options before the command. */
final class Aliases {
    private static final List<String> TAKES_VALUE = List.of("--url", "--profile", "--repo", "--log-file");

    private Aliases() {}

    static List<String> resolve(List<String> arguments) {
        List<String> words = commandFirst(arguments);
        if (words.size() >= 2
                && words.get(1).equals("list")
                && List.of("backup", "restore").contains(words.getFirst())) {
            return words.subList(1, words.size());
        }
        if (words.size() >= 2 && Commands.ALL.containsKey(words.getFirst() + " " + words.get(1))) {
            List<String> joined = new ArrayList<>(words.subList(1, words.size()));
            joined.set(0, words.getFirst() + " " + words.get(1));
            return joined;
        }
        if (words.size() >= 3 && words.getFirst().equals("help")) {
            List<String> help = resolve(words.subList(1, words.size()));
            return List.of(help.getFirst(), "--help");
        }
        if (words.size() >= 2 && words.getFirst().equals("help")) {
            return List.of(words.get(1), "--help");
        }
        if (words.equals(List.of("help"))) {
            return List.of("--help");
        }
        if (!words.isEmpty() && words.getFirst().equals("ls")) {
            List<String> list = new ArrayList<>(words);
            list.set(0, "list");
            return list;
        }
        return words;
    }

    /** {@code pgkeep --profile staging list} is {@code pgkeep list --profile staging}. */
    private static List<String> commandFirst(List<String> arguments) {
        List<String> before = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (!word.startsWith("-")) {
                List<String> words = new ArrayList<>(List.of(word));
                words.addAll(before);
                words.addAll(arguments.subList(i + 1, arguments.size()));
                return words;
            }
            before.add(word);
            if (TAKES_VALUE.contains(word) && i + 1 < arguments.size()) {
                before.add(arguments.get(++i));
            }
        }
        return before;
    }
}
