package voltage.training.lightgbm;

import org.jspecify.annotations.Nullable;

/** Native LightGBM refused something; its own words are in the message. */
public final class NativeLightGbmException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NativeLightGbmException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
