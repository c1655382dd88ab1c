package voltage.forecast.artifact;

/** A set of models cannot be used: a file is missing, altered or from another code. The message names the file, the rule and the remedy. */
public final class BrokenArtifactException extends RuntimeException {
    public BrokenArtifactException(String version, String rule) {
        super(text(version, rule));
    }

    public BrokenArtifactException(String version, String rule, Throwable cause) {
        super(text(version, rule), cause);
    }

    private static String text(String version, String rule) {
        return "models " + version + ": " + rule + "; take another version (./voltage models list) or train again";
    }
}
