package voltage.local.exchange;

import voltage.local.session.SessionEvent;
import voltage.market.Ladder;
import voltage.market.Side;
import voltage.market.TickGrid;

/** Lets what happens in a session happen on the exchange: anonymous liquidity, prints, summaries, the index. */
final class SessionFlow {
    private final ExchangeState state;
    private final Matching matching;

    SessionFlow(ExchangeState state, Matching matching) {
        this.state = state;
        this.matching = matching;
    }

    void apply(SessionEvent event) {
        switch (event) {
            case SessionEvent.BookImage image -> image(image);
            case SessionEvent.BookChange change -> change(change);
            case SessionEvent.BookLost lost -> lost(lost);
            case SessionEvent.TickerPrint print -> summary(print);
            case SessionEvent.ContractPrint print -> print(print);
            case SessionEvent.IndexPrint print -> index(print);
            case SessionEvent.SpotPrint spot -> {}
            case SessionEvent.CandleClosed candle -> {}
        }
    }

    private void image(SessionEvent.BookImage image) {
        Market market = state.listed(image.ticker());
        if (market == null) {
            return;
        }
        state.hub.holdBook(market);
        replace(market, Side.YES, image.yesPricesE4(), image.yesCountsE2());
        replace(market, Side.NO, image.noPricesE4(), image.noCountsE2());
        state.hub.releaseBook(market);
    }

    /** What accounts took of a level stays taken: the recorder never saw it go. */
    private void replace(Market market, Side side, int[] pricesE4, long[] countsE2) {
        TickGrid grid = market.book.grid();
        long[] imageE2 = new long[grid.size()];
        for (int i = 0; i < pricesE4.length; i++) {
            int index = grid.indexOf(pricesE4[i]);
            if (index >= 0) {
                imageE2[index] = countsE2[i];
            }
        }
        // Levels that shrink first: otherwise the old and the new book could cross for a moment.
        for (int index = 0; index < imageE2.length; index++) {
            if (imageE2[index] < market.book.recordedE2(side, index)) {
                matching.recorded(market, side, index, imageE2[index]);
            }
        }
        for (int index = imageE2.length - 1; index >= 0; index--) {
            if (imageE2[index] > market.book.recordedE2(side, index)) {
                matching.recorded(market, side, index, imageE2[index]);
            }
        }
    }

    private void change(SessionEvent.BookChange change) {
        Market market = state.listed(change.ticker());
        if (market == null) {
            return;
        }
        int index = market.book.grid().indexOf(change.priceE4());
        if (index >= 0) {
            long recordedE2 = market.book.recordedE2(change.side(), index);
            matching.recorded(market, change.side(), index, recordedE2 + change.deltaE2());
        }
    }

    private void lost(SessionEvent.BookLost lost) {
        Market market = state.listed(lost.ticker());
        if (market != null && !state.restoring) {
            state.hub.skipSequence(market);
        }
    }

    private void summary(SessionEvent.TickerPrint print) {
        Market market = state.listed(print.ticker());
        if (market == null) {
            return;
        }
        long sinceNanos = market.summaryNanos;
        long grewE2 = market.recordedVolume(print.volumeE2());
        long unprintedE2 = Math.max(0, grewE2 - market.printedSinceSummaryE2);
        market.printedSinceSummaryE2 = 0;
        market.summaryNanos = print.atNanos();
        market.lastE4 = print.lastE4();
        market.lastCountE2 = print.lastCountE2();
        market.openInterestE2 = print.openInterestE2();
        if (unprintedE2 > 0) {
            market.candles.traded(print.atNanos(), print.lastE4(), unprintedE2);
            matching.printed(market, print.lastE4(), unprintedE2, null, sinceNanos);
        }
        market.candles.openInterest(print.atNanos(), print.openInterestE2());
        if (!state.restoring) {
            state.hub.ticker(market);
        }
    }

    private void print(SessionEvent.ContractPrint print) {
        Market market = state.listed(print.ticker());
        if (market == null) {
            return;
        }
        market.recordedPrint(print.countE2());
        long oursE2 = matching.printed(market, print.yesPriceE4(), print.countE2(), print.taker(), print.atNanos());
        long othersE2 = print.countE2() - oursE2;
        if (othersE2 > 0) {
            Market.PublicTrade trade =
                    market.traded(state.ids.next(), print.yesPriceE4(), othersE2, print.taker(), state.nowNanos, false);
            if (!state.restoring) {
                state.hub.traded(market, trade);
            }
        }
    }

    private void index(SessionEvent.IndexPrint print) {
        state.index.add(print.atNanos(), print.valueE4());
        if (!state.restoring) {
            state.hub.index(state.index);
        }
    }

    /** Levels of a ladder, ascending, as {@code [["0.4700","3.00"]]}. */
    static String levels(Ladder ladder, int depth, boolean yesScale) {
        JsonText json = new JsonText().array();
        int first = ladder.bestIndex();
        int[] indices = new int[ladder.grid().size()];
        int count = 0;
        for (int index = first; index >= 0 && count < depth; index = ladder.previous(index)) {
            indices[count++] = index;
        }
        for (int i = count - 1; i >= 0; i--) {
            int priceE4 = ladder.grid().priceE4(indices[i]);
            json.array()
                    .value(voltage.market.FixedPoint.format(yesScale ? TickGrid.ONE_DOLLAR_E4 - priceE4 : priceE4, 4))
                    .value(voltage.market.FixedPoint.format(ladder.countE2(indices[i]), 2))
                    .endArray();
        }
        return json.endArray().toString();
    }
}
