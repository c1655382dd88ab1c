package voltage.strategy;

/** How much the indicators support a trade; scales its size. */
public enum Conviction {
    /** Every indicator agrees. */
    HIGH,
    /** Some agree, the others are neutral. */
    NORMAL,
    /** None has a direction: the forecast stands alone. */
    LOW,
    /** An indicator contradicts: no trade. */
    CONFLICT
}
