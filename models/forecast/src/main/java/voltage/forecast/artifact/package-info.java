/** Sets of trained models as files: what a version holds, how it is sealed and checked, and where versions are kept. */
@NullMarked
package voltage.forecast.artifact;

import org.jspecify.annotations.NullMarked;
