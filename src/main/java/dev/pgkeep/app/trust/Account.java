package dev.pgkeep.app.trust;

import java.util.Map;
import java.util.OptionalInt;

/**
 * The user as whom this process runs.
 *
 * @param uid its number; empty where the system has none
 * @param invoker who became root by {@code sudo}, whose files root may then read as his own
 */
public record Account(OptionalInt uid, OptionalInt invoker) {
    private static final int ROOT = 0;

    /** A user of this number; {@code SUDO_UID} counts for root only. */
    public static Account of(OptionalInt uid, Map<String, String> environment) {
        String invoker = environment.getOrDefault("SUDO_UID", "");
        boolean believed = uid.isPresent() && uid.getAsInt() == ROOT && invoker.matches("\\d{1,9}");
        return new Account(uid, believed ? OptionalInt.of(Integer.parseInt(invoker)) : OptionalInt.empty());
    }

    /** Whether a file of that user is as good as an own one: root could do everything anyway. */
    boolean relies(int owner) {
        return uid.isEmpty()
                || owner == ROOT
                || owner == uid.getAsInt()
                || invoker.isPresent() && owner == invoker.getAsInt();
    }
}
