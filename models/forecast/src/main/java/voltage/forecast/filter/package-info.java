/** The entry filter as it is served: boosted trees over what is known at an entry, in shadow or enforcing, and what it takes to promote one. */
@NullMarked
package voltage.forecast.filter;

import org.jspecify.annotations.NullMarked;
