/** Limits, gates, sizing and circuit breakers: what may be risked, decided by the worker and enforced again by the executor. */
@NullMarked
package voltage.risk;

import org.jspecify.annotations.NullMarked;
