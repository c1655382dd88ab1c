/** Servers that speak Kraken's, Coinbase's and Binance's public feeds from a session's prices. */
@NullMarked
package voltage.local.feeds;

import org.jspecify.annotations.NullMarked;
