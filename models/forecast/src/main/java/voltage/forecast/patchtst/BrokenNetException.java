package voltage.forecast.patchtst;

import org.jspecify.annotations.Nullable;

/** A net that cannot be served: damaged, or of another code. The message names the rule and the remedy. */
public final class BrokenNetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenNetException(String rule, @Nullable Throwable cause) {
        super("PatchTST net: " + rule + "; train it anew, or take the file from the registry again", cause);
    }
}
