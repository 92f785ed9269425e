package dev.pgkeep.base.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets in a text in whatever way they may be written. At each character only those are tried that can begin
 * with it: texts are long, and secrets may be many.
 */
final class SecretForms {
    private static final int LONG = 8;

    private final Map<Character, Pattern> byFirst;

    private SecretForms(Map<Character, Pattern> byFirst) {
        this.byFirst = byFirst;
    }

    /** The place of a secret in a text: from, inclusive, and to, exclusive. */
    record Place(int from, int to) {}

    /** Finds any of them; the longest first, so that nothing is left of one that holds another. */
    static SecretForms of(Set<String> secrets) {
        Map<Character, List<String>> forms = new HashMap<>();
        secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .forEach(secret -> {
                    add(forms, beginnings(secret.codePointAt(0)), bounded(secret));
                    if (secret.length() >= LONG) {
                        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
                        String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
                        add(forms, base64.substring(0, 1), Pattern.quote(base64) + "={0,2}");
                    }
                });
        Map<Character, Pattern> byFirst = new HashMap<>();
        forms.forEach((first, each) -> byFirst.put(first, Pattern.compile(String.join("|", each))));
        return new SecretForms(byFirst);
    }

    /** The first one from a position on; null when there is none. */
    @Nullable
    Place find(CharSequence text, int from) {
        for (int i = from; i < text.length() && !byFirst.isEmpty(); i++) {
            Pattern pattern = byFirst.get(text.charAt(i));
            if (pattern != null) {
                Matcher matcher = pattern.matcher(text).region(i, text.length()).useTransparentBounds(true);
                if (matcher.lookingAt()) {
                    return new Place(i, matcher.end());
                }
            }
        }
        return null;
    }

    private static void add(Map<Character, List<String>> forms, String beginnings, String form) {
        beginnings
                .chars()
                .distinct()
                .forEach(first -> forms.computeIfAbsent((char) first, none -> new ArrayList<>())
                        .add(form));
    }

    /** The characters that {@link #forms} of this one may begin with. */
    private static String beginnings(int point) {
        boolean asItIs = point < 128 && Character.isLetterOrDigit(point);
        return Character.toString(point).charAt(0) + (asItIs ? "" : "%\\&+");
    }

    /** A short word is hidden where it stands alone: "test" is a part of "latest", and of names like "shop_test". */
    private static String bounded(String secret) {
        String all = secret.codePoints().mapToObj(SecretForms::forms).collect(Collectors.joining());
        boolean word = secret.length() < LONG && secret.codePoints().allMatch(Character::isLetterOrDigit);
        return word ? "(?<![\\p{L}\\p{N}_])" + all + "(?![\\p{L}\\p{N}_])" : all;
    }

    /** Letters and digits are written as they are; everything else may be encoded or escaped. */
    private static String forms(int point) {
        String plain = Character.toString(point);
        if (point < 128 && Character.isLetterOrDigit(point)) {
            return plain;
        }
        List<String> forms = new ArrayList<>();
        if (point == '\'') {
            forms.add("'(?:\\\\'|\"'\")'");
            forms.add("''");
        }
        if (point == '"') {
            forms.add("\"\"");
        }
        forms.add("\\\\{0,3}" + Pattern.quote(plain));
        forms.add("(?i:" + percent(plain) + ")");
        forms.add("\\\\u(?i:" + json(plain) + ")");
        switch (point) {
            case ' ' -> forms.add("\\+");
            case '\t' -> forms.add("\\\\t");
            case '&' -> forms.add("&amp;");
            case '<' -> forms.add("&lt;");
            case '>' -> forms.add("&gt;");
            default -> {}
        }
        return "(?:" + String.join("|", forms) + ")";
    }

    private static String percent(String text) {
        StringBuilder out = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            out.append("%(?:25)?").append(String.format("%02x", each & 0xff));
        }
        return out.toString();
    }

    private static String json(String text) {
        return text.chars().mapToObj(each -> String.format("%04x", each)).collect(Collectors.joining("\\\\u"));
    }
}
