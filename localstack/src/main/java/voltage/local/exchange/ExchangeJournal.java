package voltage.local.exchange;

/** Keeps every change of accounts, line by line, so that a restarted exchange continues where it died. */
public interface ExchangeJournal {
    /** Nothing is kept: for simulations and tests. */
    ExchangeJournal NONE = line -> {};

    /** Must have left this process when it returns: only then is the request answered. */
    void append(String line);
}
