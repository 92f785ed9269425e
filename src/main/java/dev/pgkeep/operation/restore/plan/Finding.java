package dev.pgkeep.operation.restore.plan;

/**
 * A finding: something found before a restore begins.
 *
 * @param blocks whether it stands in the way; otherwise it is only worth knowing
 * @param text what was found
 * @param hint what can be done about it; empty when nothing needs to be
 */
public record Finding(boolean blocks, String text, String hint) {
    public static Finding blocking(String text, String hint) {
        return new Finding(true, text, hint);
    }

    public static Finding note(String text, String hint) {
        return new Finding(false, text, hint);
    }
}
