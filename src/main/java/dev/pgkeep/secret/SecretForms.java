package dev.pgkeep.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The ways in which a secret may be written, as a pattern. */
final class SecretForms {
    private static final int LONG = 8;
    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private SecretForms() {}

    /** Finds any of them; the longest first, so that nothing is left of one that holds another. */
    static Pattern of(Set<String> secrets) {
        if (secrets.isEmpty()) {
            return NOTHING;
        }
        List<String> forms = new ArrayList<>();
        secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .forEach(secret -> {
                    forms.add(bounded(secret));
                    if (secret.length() >= LONG) {
                        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
                        String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
                        forms.add(Pattern.quote(base64) + "={0,2}");
                    }
                });
        return Pattern.compile(String.join("|", forms));
    }

    /** A short word is hidden where it stands alone: "test" is a part of "latest". */
    private static String bounded(String secret) {
        String all = secret.codePoints().mapToObj(SecretForms::forms).collect(Collectors.joining());
        boolean word = secret.length() < LONG && secret.codePoints().allMatch(Character::isLetterOrDigit);
        return word ? "(?<![\\p{L}\\p{N}])" + all + "(?![\\p{L}\\p{N}])" : all;
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
