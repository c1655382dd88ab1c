package voltage.strategy;

/** How much the indicators support a trade; scales its size. */
public enum Conviction {
    /** Every indicator agrees. */
    HIGH,
    /** Some agree, the others are neutral. */
    NORMAL,
    /** None supports the side: the forecast stands alone. */
    LOW,
    /** The indicators contradict each other, or all contradict the side: no trade. */
    CONFLICT
}
