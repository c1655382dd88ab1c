package voltage.market;

/** An event about our own account: execution reports, the account's state and the operator's commands ({@code voltage.order}). */
public non-sealed interface AccountEvent extends MarketEvent {}
