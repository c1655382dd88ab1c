package voltage.lambda.execution;

import java.util.Optional;
import voltage.lambda.execution.Exchange.MarketResult;
import voltage.market.MarketDefinition;
import voltage.market.OrderBook;

/** Markets as they stand now, for the paper exchange: from Kalshi's public REST, or from the local exchange. */
public interface BookSource {
    /**
     * A market at this moment.
     *
     * @param book read, and never kept, by the caller
     * @param isOpen whether the exchange would take an order now
     */
    record MarketNow(MarketDefinition definition, OrderBook book, boolean isOpen) {}

    /**
     * The market and its book; empty if there is no such market.
     *
     * @throws ExchangeUnavailableException if it cannot be told
     */
    Optional<MarketNow> market(String ticker);

    /**
     * The official result, once it is final.
     *
     * @throws ExchangeUnavailableException if it cannot be told
     */
    Optional<MarketResult> result(String ticker);
}
