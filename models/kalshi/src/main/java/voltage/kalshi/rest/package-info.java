/** Kalshi over HTTP: the client with its budget and typed outcomes, and bodies of market data to events. */
@NullMarked
package voltage.kalshi.rest;

import org.jspecify.annotations.NullMarked;
