package voltage.worker.dashboard;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * Whether our books agree with the exchange.
 *
 * @param ledgerCashE6 cash as the ledger sums it
 * @param exchangeCashE6 cash as the exchange last said, or null if it was not asked
 */
@Serdeable
public record BooksView(long ledgerCashE6, @Nullable Long exchangeCashE6) {}
