package dev.pgkeep.postgres.dump;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's names of encodings as Java's character sets. SQL_ASCII says nothing about its bytes; they are read as
 * UTF-8, which most of them are and as which the JDBC driver reads them too.
 */
public final class ClientEncoding {
    private static final Pattern SETTING = Pattern.compile("SET client_encoding = '([^']+)'");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("UTF8", "UTF-8"),
            Map.entry("UNICODE", "UTF-8"),
            Map.entry("SQL_ASCII", "UTF-8"),
            Map.entry("LATIN1", "ISO-8859-1"),
            Map.entry("LATIN2", "ISO-8859-2"),
            Map.entry("LATIN3", "ISO-8859-3"),
            Map.entry("LATIN4", "ISO-8859-4"),
            Map.entry("LATIN5", "ISO-8859-9"),
            Map.entry("LATIN7", "ISO-8859-13"),
            Map.entry("LATIN9", "ISO-8859-15"),
            Map.entry("ISO_8859_5", "ISO-8859-5"),
            Map.entry("ISO_8859_6", "ISO-8859-6"),
            Map.entry("ISO_8859_7", "ISO-8859-7"),
            Map.entry("ISO_8859_8", "ISO-8859-8"),
            Map.entry("KOI8R", "KOI8-R"),
            Map.entry("KOI8U", "KOI8-U"),
            Map.entry("EUC_JP", "EUC-JP"),
            Map.entry("EUC_KR", "EUC-KR"),
            Map.entry("EUC_CN", "GB2312"),
            Map.entry("SJIS", "windows-31j"),
            Map.entry("BIG5", "Big5"),
            Map.entry("GBK", "GBK"),
            Map.entry("UHC", "x-windows-949"),
            Map.entry("JOHAB", "x-Johab"),
            Map.entry("SHIFT_JIS_2004", "x-SJIS_0213"));

    private ClientEncoding() {}

    /** The character set of a {@code SET client_encoding} statement. */
    static Optional<Charset> of(String statement) {
        Matcher matcher = SETTING.matcher(statement);
        return matcher.find() ? Optional.of(charset(matcher.group(1))) : Optional.empty();
    }

    /** The character set of an encoding by PostgreSQL's name; ISO 8859-1, which loses no byte, for unknown ones. */
    public static Charset charset(String encoding) {
        String upper = encoding.toUpperCase(Locale.ROOT);
        String name = NAMES.getOrDefault(upper, upper.replaceFirst("^WIN(\\d+)$", "windows-$1"));
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
