/** Trains the PatchTST net with DJL on PyTorch, in a process of its own, and writes it as ONNX. */
@NullMarked
package voltage.training.patchtst;

import org.jspecify.annotations.NullMarked;
