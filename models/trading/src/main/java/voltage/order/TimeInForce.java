package voltage.order;

/** How long an order may live. It is explicit on every order; nothing outlives its intent. */
public enum TimeInForce {
    IMMEDIATE_OR_CANCEL,
    FILL_OR_KILL,
    /** Rests until {@code expiresNanos}, which must then be given. */
    GOOD_TILL_TIME
}
