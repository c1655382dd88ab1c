package voltage.lambda.execution;

/** A read of the exchange got no usable answer. Nothing follows from it. */
public final class ExchangeUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ExchangeUnavailableException(String message) {
        super(message);
    }

    public ExchangeUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
