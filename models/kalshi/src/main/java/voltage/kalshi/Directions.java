package voltage.kalshi;

import voltage.market.MalformedFrameException;
import voltage.market.Side;

/** Which way an order or fill goes: YES raises the signed position, NO lowers it. */
final class Directions {
    private Directions() {}

    /** From {@code outcome_side}, else {@code book_side}, else the old {@code action} and {@code side}. */
    static Side read(JsonFields fields) throws MalformedFrameException {
        if (fields.has("outcome_side")) {
            return side("outcome_side", fields.text("outcome_side"));
        }
        if (fields.has("book_side")) {
            return switch (fields.text("book_side")) {
                case "bid" -> Side.YES;
                case "ask" -> Side.NO;
                default -> throw wrong("book_side", fields.text("book_side"));
            };
        }
        Side named = side("side", fields.text("side"));
        return switch (fields.textOr("action", "buy")) {
            case "buy" -> named;
            // Selling NO is bidding for YES.
            case "sell" -> named.opposite();
            default -> throw wrong("action", fields.text("action"));
        };
    }

    static Side side(String name, String text) throws MalformedFrameException {
        return switch (text) {
            case "yes" -> Side.YES;
            case "no" -> Side.NO;
            default -> throw wrong(name, text);
        };
    }

    private static MalformedFrameException wrong(String name, String was) {
        return new MalformedFrameException("\"" + name + "\" names no side, was \"" + was + "\"");
    }
}
