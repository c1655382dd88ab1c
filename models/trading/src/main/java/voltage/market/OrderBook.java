package voltage.market;

/**
 * A binary contract's book as Kalshi sends it: the bids of YES and the bids of NO. Offers are the other side's bids seen
 * from here: the best YES ask is one dollar less the best NO bid.
 *
 * <p>A book is {@link State#WHOLE} only between a snapshot and the first sign of damage; anything read from it in another
 * state is for display only.
 */
public final class OrderBook {
    /** What a change did to the book. */
    public enum Change {
        APPLIED,
        /** The price is not on the market's grid: the change was not applied and the book is damaged. */
        OFF_GRID,
        /** The level would have become negative: a change was missed and the book is damaged. */
        NEGATIVE_LEVEL,
        /** No snapshot has come yet, or the book is damaged: the change was ignored. */
        NOT_WHOLE
    }

    public enum State {
        /** No snapshot yet. */
        AWAITED,
        WHOLE,
        /** A sequence gap, a negative level or an off-grid price: a new snapshot must come. */
        DAMAGED
    }

    private final Ladder yes;
    private final Ladder no;
    private State state = State.AWAITED;

    public OrderBook(TickGrid grid) {
        yes = new Ladder(grid);
        no = new Ladder(grid);
    }

    /** Empties both ladders to receive the levels of a snapshot; the book is whole from here on. */
    public void beginSnapshot() {
        yes.clear();
        no.clear();
        state = State.WHOLE;
    }

    /** One level of a snapshot. */
    public Change setLevel(Side side, long priceE4, long countE2) {
        int index = yes.grid().indexOf(priceE4);
        if (index < 0) {
            return damaged(Change.OFF_GRID);
        }
        if (countE2 < 0) {
            return damaged(Change.NEGATIVE_LEVEL);
        }
        ladder(side).set(index, countE2);
        return Change.APPLIED;
    }

    /** A signed increment to one level. */
    public Change apply(Side side, long priceE4, long deltaE2) {
        if (state != State.WHOLE) {
            return Change.NOT_WHOLE;
        }
        Ladder ladder = side == Side.YES ? yes : no;
        int index = ladder.grid().indexOf(priceE4);
        if (index < 0) {
            return damaged(Change.OFF_GRID);
        }
        long countE2 = ladder.countE2(index) + deltaE2;
        if (countE2 < 0) {
            return damaged(Change.NEGATIVE_LEVEL);
        }
        ladder.set(index, countE2);
        return Change.APPLIED;
    }

    /** Marks the book unusable until the next snapshot. */
    public void invalidate() {
        if (state == State.WHOLE) {
            state = State.DAMAGED;
        }
    }

    public State state() {
        return state;
    }

    public boolean isWhole() {
        return state == State.WHOLE;
    }

    /** Impossible in a healthy book: somebody's YES bid and somebody's NO bid would have traded. */
    public boolean isCrossed() {
        return !yes.isEmpty() && !no.isEmpty() && yes.bestE4() + no.bestE4() >= TickGrid.ONE_DOLLAR_E4;
    }

    public boolean isTwoSided() {
        return !yes.isEmpty() && !no.isEmpty();
    }

    public Ladder ladder(Side side) {
        return side == Side.YES ? yes : no;
    }

    public TickGrid grid() {
        return yes.grid();
    }

    /** Best bid for a side's contracts, or 0 if there is none. */
    public int bidE4(Side side) {
        return ladder(side).bestE4();
    }

    /** Best offer of a side's contracts, or one dollar if there is none. */
    public int askE4(Side side) {
        return TickGrid.ONE_DOLLAR_E4 - ladder(side.opposite()).bestE4();
    }

    /** Contracts offered at {@link #askE4(Side)}, in hundredths. */
    public long askCountE2(Side side) {
        return ladder(side.opposite()).bestCountE2();
    }

    /** Ask less bid in ten-thousandths of a dollar; the same for both sides. One dollar if a side is empty. */
    public int spreadE4() {
        return isTwoSided() ? askE4(Side.YES) - bidE4(Side.YES) : TickGrid.ONE_DOLLAR_E4;
    }

    /** Implied probability of YES: twice the mid, in ten-thousandths of a dollar (so that half ticks stay whole). */
    public int twiceMidE4() {
        return bidE4(Side.YES) + askE4(Side.YES);
    }

    private Change damaged(Change change) {
        state = State.DAMAGED;
        return change;
    }
}
