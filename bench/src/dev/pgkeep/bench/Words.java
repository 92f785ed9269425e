package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What texts are made of. Words come as often as in real texts (Zipf's law): a few all the time, thousands hardly ever.
 * The list is made longer by word endings and compounds, names by made-up ones.
 */
final class Words {
    private static final List<String> ENDINGS =
            List.of("s", "ed", "ing", "er", "ly", "ness", "less", "able", "ment", "ful", "ish", "'s");
    private static final List<String> SYLLABLES = List.of(
            "ba", "den", "for", "gar", "hal", "kin", "lo", "mer", "nor", "os", "pel", "ri", "sta", "tor", "ul", "ver",
            "wick", "ham", "ford", "burg", "dorf", "ow", "ski", "ini", "ez", "sen", "son", "eau", "mann", "er");

    final Zipf words;
    final Zipf firstNames;
    final Zipf lastNames;
    final Zipf cities;

    private Words(Map<String, List<String>> lists) {
        words = new Zipf(longerWords(lists.getOrDefault("words", List.of())), 1.0);
        firstNames = new Zipf(lists.getOrDefault("first names", List.of()), 0.6);
        lastNames = new Zipf(withMadeUp(lists.getOrDefault("last names", List.of()), 4000), 0.7);
        cities = new Zipf(withMadeUp(lists.getOrDefault("cities", List.of()), 2500), 0.8);
    }

    /** Reads lists of words, each after its name in brackets. */
    static Words read(Path file) throws IOException {
        Map<String, List<String>> lists = new HashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("[")) {
                current = new ArrayList<>();
                lists.put(line.substring(1, line.indexOf(']')), current);
            } else if (!line.startsWith("#")) {
                current.addAll(List.of(line.strip().split(" +")));
            }
        }
        return new Words(lists);
    }

    private static List<String> longerWords(List<String> base) {
        List<String> all = new ArrayList<>(base.stream().distinct().toList());
        List<String> long4 = all.stream().filter(word -> word.length() > 3).toList();
        for (String ending : ENDINGS) {
            long4.forEach(word -> all.add(word + ending));
        }
        var random = new Dice(17);
        for (int i = 0; i < 6000; i++) {
            all.add(random.one(long4) + (random.chance(0.3) ? "-" : "") + random.one(long4));
        }
        return all;
    }

    private static List<String> withMadeUp(List<String> base, int more) {
        List<String> all = new ArrayList<>(base);
        var random = new Dice(23);
        for (int i = 0; i < more; i++) {
            StringBuilder name = new StringBuilder();
            for (int n = 2 + random.below(2); n > 0; n--) {
                name.append(random.one(SYLLABLES));
            }
            name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
            all.add(name.toString());
        }
        return all;
    }
}
