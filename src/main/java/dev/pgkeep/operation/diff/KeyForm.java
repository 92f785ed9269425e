package dev.pgkeep.operation.diff;

import dev.pgkeep.format.pgtext.TypePrinters;
import java.math.BigInteger;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a column of a key in which values that are equal to the server are equal to us, though they are written
 * otherwise: 1.0 and 1.00, a day and 24 hours, Foo and foo in citext. For texts it may make more of them equal than the
 * server does; a row of one side is then told as changed into one of the other, which is no less true than that one
 * went and another came.
 */
enum KeyForm {
    AS_WRITTEN,
    /** Numbers without zeros at the end, wherever one stands: alone, in arrays, ranges and documents. */
    NUMBERS,
    INTERVAL,
    /** Blanks at the end do not count. */
    BLANKS,
    /** However letters are put together of accents. */
    COMPOSED,
    /** Capitals and small letters are the same. */
    LETTERS,
    /** With accents and without, too. */
    BARE_LETTERS,
    /** All but letters and digits does not count either. */
    WORDS;

    private static final Set<String> OF_NUMBERS =
            Set.of("numeric", "real", "double precision", "jsonb", "numrange", "nummultirange");

    /** A text in quotes, or a number. */
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|(-?\\d+)(?:\\.(\\d+))?");

    private static final Pattern FIELD = Pattern.compile(
            "\\G\\s*(?:([-+]?\\d+) (year|mon|day)s?|([-+]?)(\\d+):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?)(?=\\s|$)");

    /** The form for a type, as format_type names it. */
    static KeyForm ofType(String type, TypePrinters printers) {
        boolean array = type.endsWith("[]");
        String element = printers.base(type.replace("[]", "")).replaceAll("\\(.*\\)", "");
        if (OF_NUMBERS.contains(element)) {
            return NUMBERS;
        }
        String last = element.substring(element.lastIndexOf('.') + 1);
        if (last.equals("citext")) {
            return LETTERS;
        }
        if (array) {
            return AS_WRITTEN;
        }
        if (element.startsWith("interval")) {
            return INTERVAL;
        }
        return element.equals("character") || element.equals("bpchar") ? BLANKS : AS_WRITTEN;
    }

    /** The form for a collation that takes texts of other bytes for equal, by its locale. */
    static KeyForm ofCollation(String locale) {
        String small = locale.toLowerCase(Locale.ROOT);
        if (small.contains("shifted")) {
            return WORDS;
        }
        if (small.contains("ks-level1") || small.contains("colstrength=primary")) {
            return BARE_LETTERS;
        }
        return small.contains("ks-level2") || small.contains("colstrength=secondary") ? LETTERS : COMPOSED;
    }

    /** A value in this form. */
    String of(String text) {
        return switch (this) {
            case AS_WRITTEN -> text;
            case NUMBERS -> numbers(text);
            case INTERVAL -> microseconds(text).orElse(text);
            case BLANKS -> text.replaceAll(" +$", "");
            case COMPOSED -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case LETTERS -> small(Normalizer.normalize(text, Normalizer.Form.NFC));
            case BARE_LETTERS -> bare(text);
            case WORDS -> bare(text).replaceAll("[^\\p{L}\\p{N}]+", "");
        };
    }

    private static String bare(String text) {
        return small(Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}+", ""));
    }

    /** By way of capitals, so that letters with two small forms are one. */
    private static String small(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static String numbers(String text) {
        return TOKEN.matcher(text).replaceAll(match -> {
            if (match.group(1) == null) {
                return Matcher.quoteReplacement(match.group());
            }
            String fraction = match.group(2) == null ? "" : match.group(2).replaceAll("0+$", "");
            String number = fraction.isEmpty() ? match.group(1) : match.group(1) + "." + fraction;
            return number.equals("-0") ? "0" : number;
        });
    }

    /** As the server compares them: a month has 30 days, a day 24 hours. */
    private static Optional<String> microseconds(String text) {
        Matcher field = FIELD.matcher(text);
        BigInteger sum = BigInteger.ZERO;
        int at = 0;
        while (field.find()) {
            sum = sum.add(
                    field.group(1) == null ? time(field) : days(field).multiply(BigInteger.valueOf(86_400_000_000L)));
            at = field.end();
        }
        return at == 0 || at < text.length() ? Optional.empty() : Optional.of(sum.toString());
    }

    private static BigInteger days(Matcher field) {
        long each = switch (field.group(2)) {
            case "year" -> 360;
            case "mon" -> 30;
            default -> 1;
        };
        return new BigInteger(field.group(1)).multiply(BigInteger.valueOf(each));
    }

    private static BigInteger time(Matcher field) {
        BigInteger seconds = new BigInteger(field.group(4))
                .multiply(BigInteger.valueOf(3600))
                .add(BigInteger.valueOf(60L * Integer.parseInt(field.group(5)) + Integer.parseInt(field.group(6))));
        String fraction = field.group(7) == null ? "" : field.group(7);
        BigInteger all = seconds.multiply(BigInteger.valueOf(1_000_000))
                .add(new BigInteger((fraction + "000000").substring(0, 6)));
        return field.group(3).equals("-") ? all.negate() : all;
    }
}
