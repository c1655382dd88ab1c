/** What a forecast may know at an instant, computed minute by minute by one code for the engine and for training, and its health. */
@NullMarked
package voltage.forecast.feature;

import org.jspecify.annotations.NullMarked;
