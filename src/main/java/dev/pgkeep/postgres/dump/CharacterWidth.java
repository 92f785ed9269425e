package dev.pgkeep.postgres.dump;

import java.util.Locale;
import java.util.Map;

/**
 * The number of bytes of a character in the encodings of clients whose later bytes may look like ASCII: a backslash, a
 * letter, a brace. In all other encodings every byte of such a character has its highest bit set, and they need not be
 * told apart.
 */
enum CharacterWidth {
    /** No byte of a character looks like ASCII. */
    SAFE,
    /** BIG5, GBK, UHC. */
    TWO,
    /** SJIS, SHIFT_JIS_2004: as {@link #TWO}, with katakana of one byte. */
    SHIFT_JIS,
    /** JOHAB, which the server reads like EUC. */
    EUC,
    /** GB18030: two bytes, or four where the second is a digit. */
    GB18030;

    private static final Map<String, CharacterWidth> NAMES = Map.ofEntries(
            Map.entry("big5", TWO),
            Map.entry("win950", TWO),
            Map.entry("windows950", TWO),
            Map.entry("gbk", TWO),
            Map.entry("win936", TWO),
            Map.entry("windows936", TWO),
            Map.entry("uhc", TWO),
            Map.entry("win949", TWO),
            Map.entry("windows949", TWO),
            Map.entry("sjis", SHIFT_JIS),
            Map.entry("shiftjis", SHIFT_JIS),
            Map.entry("mskanji", SHIFT_JIS),
            Map.entry("win932", SHIFT_JIS),
            Map.entry("windows932", SHIFT_JIS),
            Map.entry("shiftjis2004", SHIFT_JIS),
            Map.entry("johab", EUC),
            Map.entry("gb18030", GB18030));

    /** The width for an encoding by any of the names that the server takes for it. */
    static CharacterWidth of(String encoding) {
        String plain = encoding.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return NAMES.getOrDefault(plain, SAFE);
    }

    /** The number of bytes that follow the first one; of GB18030, before the second is known. */
    int following(byte first) {
        int value = first & 0xff;
        if (value < 0x80) {
            return 0;
        }
        return switch (this) {
            case SAFE -> 0;
            case TWO, GB18030 -> 1;
            case SHIFT_JIS -> value >= 0xa1 && value <= 0xdf ? 0 : 1;
            case EUC -> value == 0x8f ? 2 : 1;
        };
    }

    /** The number of bytes more that follow the second one than {@link #following} said. */
    int more(byte second) {
        return this == GB18030 && SqlBytes.isDigit(second) ? 2 : 0;
    }
}
