package voltage.market;

/** Takes events one by one, in order. An engine is one; a decoder writes to one. */
@FunctionalInterface
public interface EventSink {
    void on(MarketEvent event);
}
