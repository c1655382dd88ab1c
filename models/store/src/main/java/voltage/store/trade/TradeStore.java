package voltage.store.trade;

import java.util.List;
import voltage.order.Lane;
import voltage.strategy.EntryRecord;

/** Where trades are kept. Putting one twice changes nothing. */
public interface TradeStore {
    /** Keeps nothing: {@code trades.jsonl} and the journal have them all the same. */
    TradeStore NONE = new TradeStore() {
        @Override
        public void put(Lane lane, EntryRecord trade) {}

        @Override
        public List<EntryRecord> trades(Lane lane) {
            return List.of();
        }
    };

    void put(Lane lane, EntryRecord trade);

    /** In the order in which they were entered. */
    List<EntryRecord> trades(Lane lane);
}
