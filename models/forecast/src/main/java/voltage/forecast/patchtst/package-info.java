/** Serves a PatchTST net of one-minute candles through ONNX Runtime, on one thread. */
@NullMarked
package voltage.forecast.patchtst;

import org.jspecify.annotations.NullMarked;
