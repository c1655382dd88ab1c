/** Strategies behind one interface, and the resolver that makes one opinion of theirs. */
@NullMarked
package voltage.strategy;

import org.jspecify.annotations.NullMarked;
