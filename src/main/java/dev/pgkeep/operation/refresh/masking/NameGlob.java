package dev.pgkeep.operation.refresh.masking;

import java.util.regex.Pattern;

/** A name as the catalog spells it, in which {@code *} stands for anything. */
record NameGlob(String text) {
    boolean isExact() {
        return text.indexOf('*') < 0;
    }

    boolean matches(String name) {
        if (isExact()) {
            return text.equals(name);
        }
        StringBuilder regex = new StringBuilder();
        for (String part : text.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(part.isEmpty() ? "(?:)" : Pattern.quote(part));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
    }
}
