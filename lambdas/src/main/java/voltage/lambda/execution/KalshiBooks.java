package voltage.lambda.execution;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.JsonFields;
import voltage.kalshi.MarketReader;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.KalshiError;
import voltage.kalshi.rest.KalshiException;
import voltage.kalshi.rest.KalshiMarkets.Orderbook;
import voltage.kalshi.rest.KalshiMarkets.Paths;
import voltage.lambda.execution.Exchange.MarketResult;
import voltage.market.MalformedFrameException;
import voltage.market.MarketDefinition;
import voltage.market.OrderBook;
import voltage.market.Side;

/** Books, definitions and results from Kalshi's public REST; needs no key. Two reads an order, the book last. */
public final class KalshiBooks implements BookSource {
    private final KalshiClient client;
    private final MarketReader reader;

    /** @param reader with a catalogue that knows the series' fees */
    public KalshiBooks(KalshiClient client, MarketReader reader) {
        this.client = client;
        this.reader = reader;
    }

    @Override
    public Optional<MarketNow> market(String ticker) {
        try {
            JsonFields market = JsonFields.parse(client.markets().body(Paths.market(ticker)))
                    .object("market");
            @Nullable MarketDefinition definition = reader.fromRest(market);
            if (definition == null || !definition.ticker().equals(ticker)) {
                return Optional.empty();
            }
            OrderBook book = book(definition, client.markets().orderbook(ticker));
            return Optional.of(
                    new MarketNow(definition, book, market.textOr("status", "").equals("active")));
        } catch (KalshiException e) {
            return emptyIfNotFound(e);
        } catch (MalformedFrameException e) {
            throw new ExchangeUnavailableException("market " + ticker + " could not be read: " + e.getMessage(), e);
        }
    }

    private static OrderBook book(MarketDefinition definition, Orderbook levels) {
        OrderBook book = new OrderBook(definition.grid());
        book.beginSnapshot();
        for (int i = 0; i < levels.yesPricesE4().length; i++) {
            book.setLevel(Side.YES, levels.yesPricesE4()[i], levels.yesCountsE2()[i]);
        }
        for (int i = 0; i < levels.noPricesE4().length; i++) {
            book.setLevel(Side.NO, levels.noPricesE4()[i], levels.noCountsE2()[i]);
        }
        if (book.isCrossed()) {
            book.invalidate();
        }
        return book;
    }

    @Override
    public Optional<MarketResult> result(String ticker) {
        try {
            return KalshiExchange.result(client.markets().market(ticker));
        } catch (KalshiException e) {
            return emptyIfNotFound(e);
        }
    }

    private static <T> Optional<T> emptyIfNotFound(KalshiException e) {
        if (e.error().map(KalshiError::code).filter(code -> code == KalshiError.Code.NOT_FOUND).isPresent()) {
            return Optional.empty();
        }
        throw new ExchangeUnavailableException(String.valueOf(e.getMessage()), e);
    }
}
