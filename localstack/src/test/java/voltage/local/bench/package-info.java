/** Tests of the arithmetic and the words of benchmarks, never of a speed. */
@NullMarked
package voltage.local.bench;

import org.jspecify.annotations.NullMarked;
