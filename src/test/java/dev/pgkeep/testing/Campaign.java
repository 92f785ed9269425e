package dev.pgkeep.testing;

/**
 * How long tests are that can be of any length: short in {@code mvn verify}, long with {@code -Dpgkeep.campaign=true},
 * and anything in between with {@code -Dpgkeep.campaign.scale=0.1} beside it.
 */
public final class Campaign {
    /** Whether the long forms were asked for. */
    public static final boolean LONG = Boolean.getBoolean("pgkeep.campaign");

    private static final double SCALE = Double.parseDouble(System.getProperty("pgkeep.campaign.scale", "1"));

    private Campaign() {}

    /** So many usually, so many in the long form. */
    public static int of(int usual, int many) {
        return LONG ? Math.max(usual, (int) Math.round(many * SCALE)) : usual;
    }

    /** What random choices begin with: the same each time, unless {@code -Dpgkeep.campaign.seed} says otherwise. */
    public static long seed(long usual) {
        return Long.getLong("pgkeep.campaign.seed", usual);
    }
}
