package voltage.order;

import voltage.market.AccountEvent;

/** The operator paused, resumed, halted, armed or disarmed the lane; the engine obeys from this event on. */
public record LaneSwitched(LaneState state, String reason, long exchangeNanos, long receivedNanos)
        implements AccountEvent {}
