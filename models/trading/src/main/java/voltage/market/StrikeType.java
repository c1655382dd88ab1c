package voltage.market;

/** How a market's settlement value is compared with its strikes. */
public enum StrikeType {
    GREATER,
    GREATER_OR_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    BETWEEN;

    /**
     * Whether YES is paid.
     *
     * @param valueE4 settlement value, in ten-thousandths of a dollar
     * @param floorStrikeE4 lower strike; ignored by {@code LESS} and {@code LESS_OR_EQUAL}
     * @param capStrikeE4 upper strike; used by {@code LESS}, {@code LESS_OR_EQUAL} and {@code BETWEEN}
     */
    public boolean paysYes(long valueE4, long floorStrikeE4, long capStrikeE4) {
        return switch (this) {
            case GREATER -> valueE4 > floorStrikeE4;
            case GREATER_OR_EQUAL -> valueE4 >= floorStrikeE4;
            case LESS -> valueE4 < capStrikeE4;
            case LESS_OR_EQUAL -> valueE4 <= capStrikeE4;
            case BETWEEN -> valueE4 >= floorStrikeE4 && valueE4 <= capStrikeE4;
        };
    }
}
