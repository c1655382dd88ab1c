/** Answers the engine's wish for forecasts with those of the models in use. */
@NullMarked
package voltage.worker.inference;

import org.jspecify.annotations.NullMarked;
