package voltage.order;

/** Why a command was not carried out. A refusal is an outcome: recorded, reported, acknowledged. */
public enum RefusalReason {
    /** Its moment had passed. */
    LATE,
    /** The same id was executed before. */
    DUPLICATE,
    /** An emergency stop came after it was decided. */
    FENCED,
    /** It comes from a worker that is no longer the leader. */
    STALE_LEASE,
    PAUSED,
    HALTED,
    DISARMED,
    ORDER_SIZE_LIMIT,
    POSITION_LIMIT,
    OPEN_ORDERS_LIMIT,
    DAILY_LOSS_LIMIT,
    DRAWDOWN_LIMIT,
    EXPOSURE_LIMIT,
    ORDER_RATE_LIMIT,
    INSUFFICIENT_CASH,
    /** An earlier order of the market is in an unknown state or still in flight. */
    IN_FLIGHT,
    /** The market was left too often within a minute. */
    QUARANTINED,
    NOTHING_TO_REDUCE,
    /** The order to cancel or amend is not open. */
    NOT_OPEN,
    MARKET_CLOSED,
    /** The market is of a series that the lane does not trade. */
    FOREIGN_SERIES,
    PRICE_INVALID,
    /** The exchange does not know its outcome yet, for example a settlement that is not final. */
    NOT_YET,
    /** The lane stays halted: ledger and exchange do not agree. */
    NOT_RECONCILED,
    /** No order group could be had at the exchange, or it could not be opened again; without one nothing is entered. */
    NO_ORDER_GROUP,
    /** The exchange's own limit on the lane's entries was hit, or its group was closed: the lane is halted. */
    ORDER_GROUP_TRIPPED,
    /** The exchange said no for a reason of its own; the detail has its code. */
    EXCHANGE_REJECTED,
    /** The exchange does not accept our key: everything stops. */
    NOT_AUTHORISED
}
