package voltage.forecast.lightgbm;

/** A model file that cannot be served: damaged, of an unknown kind, or trained on other features. The message names line, rule and remedy. */
public final class BrokenModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenModelException(String source, int line, String rule, String remedy) {
        super("LightGBM model " + source + ", line " + line + ": " + rule + "; " + remedy);
    }
}
