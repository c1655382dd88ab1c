package voltage.kalshi.stream;

import static voltage.kalshi.stream.JsonBytes.after;
import static voltage.kalshi.stream.JsonBytes.ascii;
import static voltage.kalshi.stream.JsonBytes.skipSpace;
import static voltage.kalshi.stream.JsonBytes.stringEnd;
import static voltage.kalshi.stream.JsonBytes.stringValueEnd;
import static voltage.kalshi.stream.JsonBytes.valueAfter;
import static voltage.kalshi.stream.JsonBytes.word;

import voltage.kalshi.JsonFields;
import voltage.kalshi.WireTimes;
import voltage.market.FixedPoint;
import voltage.market.MalformedFrameException;
import voltage.market.Side;
import voltage.market.TickGrid;

/**
 * The fields of one {@code orderbook_delta} frame, read straight from its bytes without allocating. Kalshi writes them in one order
 * without spaces, so that order is tried first, then whatever order they come in. Anything out of the ordinary (escapes, other types,
 * nested objects, a key twice) makes {@link #scan} give up, and {@link #read} takes the frame the slow way to the same result or to
 * an error.
 */
final class DeltaScanner {
    private static final long TYPE = word("type");
    private static final long SID = word("sid");
    private static final long SEQ = word("seq");
    private static final long MSG = word("msg");
    private static final long ID = word("id");
    private static final long SENDING_HEAD = word("sending_");
    private static final long SENDING_TAIL = word("ng_ts_ms");
    private static final long TICKER_HEAD = word("market_t");
    private static final long TICKER_TAIL = word("t_ticker");
    private static final long MARKET_ID_HEAD = word("market_i");
    private static final long MARKET_ID_TAIL = word("arket_id");
    private static final long PRICE_HEAD = word("price_do");
    private static final long PRICE_TAIL = word("_dollars");
    private static final long DELTA = word("delta_fp");
    private static final long SIDE = word("side");
    private static final long TS = word("ts");
    private static final long TS_MS = word("ts_ms");
    private static final long CLIENT_HEAD = word("client_o");
    private static final long CLIENT_TAIL = word("order_id");
    private static final long SUBACCOUNT_HEAD = word("subaccou");
    private static final long SUBACCOUNT_TAIL = word("baccount");
    private static final long DELTA_TYPE_HEAD = word("orderboo");
    private static final long DELTA_TYPE_TAIL = word("ok_delta");
    private static final int DELTA_TYPE_LENGTH = "orderbook_delta".length();
    private static final byte[] UP_TO_SID = ascii("{\"type\":\"orderbook_delta\",\"sid\":");
    private static final byte[] UP_TO_SEQ = ascii(",\"seq\":");
    private static final byte[] UP_TO_TICKER = ascii(",\"msg\":{\"market_ticker\":");
    private static final byte[] UP_TO_MARKET_ID = ascii(",\"market_id\":");
    private static final byte[] UP_TO_PRICE = ascii(",\"price_dollars\":");
    private static final byte[] UP_TO_DELTA = ascii(",\"delta_fp\":");
    private static final byte[] UP_TO_SIDE = ascii(",\"side\":");
    private static final byte[] UP_TO_TS = ascii(",\"ts\":");
    private static final byte[] UP_TO_TS_MS = ascii(",\"ts_ms\":");
    private static final byte[] END = ascii("}}");
    private static final long YES = word("yes");
    private static final long NO = word("no");

    private static final int SEEN_TYPE = 1;
    private static final int SEEN_SID = 1 << 1;
    private static final int SEEN_SEQ = 1 << 2;
    private static final int SEEN_MSG = 1 << 3;
    private static final int SEEN_ID = 1 << 4;
    private static final int SEEN_SENDING = 1 << 5;
    private static final int SEEN_TICKER = 1 << 6;
    private static final int SEEN_MARKET_ID = 1 << 7;
    private static final int SEEN_PRICE = 1 << 8;
    private static final int SEEN_DELTA = 1 << 9;
    private static final int SEEN_SIDE = 1 << 10;
    private static final int SEEN_TS = 1 << 11;
    private static final int SEEN_TS_MS = 1 << 12;
    private static final int SEEN_CLIENT = 1 << 13;
    private static final int SEEN_SUBACCOUNT = 1 << 14;
    private static final int SEEN_UNKNOWN_ABOVE = 1 << 15;
    private static final int SEEN_UNKNOWN_IN_MSG = 1 << 16;
    private static final int NEEDED =
            SEEN_TYPE | SEEN_SID | SEEN_SEQ | SEEN_MSG | SEEN_TICKER | SEEN_PRICE | SEEN_DELTA | SEEN_SIDE;

    long sid;
    long seq;
    int tickerFrom;
    int tickerTo;
    int priceE4;
    long deltaE2;
    Side side = Side.YES;
    long exchangeNanos;
    int unknownFields;

    private int seen;
    private int tsFrom;
    private int tsTo;
    private long tsMillis;
    private long number;

    /** Reads the frame if it is an ordinary one; false if it must be read the slow way, or is no delta. */
    boolean scan(byte[] b, int from, int to) {
        return scanUsualOrder(b, from, to) || scanAnyOrder(b, from, to);
    }

    /** The frame as Kalshi writes it, letter by letter; false for any other, which says nothing about the frame. */
    private boolean scanUsualOrder(byte[] b, int from, int to) {
        int i = integer(b, after(UP_TO_SID, b, from, to), to);
        sid = number;
        i = integer(b, after(UP_TO_SEQ, b, i, to), to);
        seq = number;
        i = ticker(b, after(UP_TO_TICKER, b, i, to), to);
        i = stringAfter(UP_TO_MARKET_ID, b, i, to);
        i = price(b, after(UP_TO_PRICE, b, i, to), to);
        i = delta(b, after(UP_TO_DELTA, b, i, to), to);
        i = side(b, after(UP_TO_SIDE, b, i, to), to);
        i = stringAfter(UP_TO_TS, b, i, to);
        i = integer(b, after(UP_TO_TS_MS, b, i, to), to);
        i = after(END, b, i, to);
        // Kalshi ends its frames with a line's end.
        if (i < 0 || skipSpace(b, i, to) != to || number > WireTimes.MAX_MILLIS) {
            return false;
        }
        unknownFields = 0;
        exchangeNanos = number * 1_000_000;
        return true;
    }

    /** The position after a string that follows {@code literal}, or −1. */
    private static int stringAfter(byte[] literal, byte[] b, int at, int to) {
        int end = stringValueEnd(b, after(literal, b, at, to), to);
        return end < 0 ? -1 : end + 1;
    }

    private boolean scanAnyOrder(byte[] b, int from, int to) {
        seen = 0;
        unknownFields = 0;
        int i = skipSpace(b, from, to);
        if (i >= to || b[i] != '{') {
            return false;
        }
        do {
            i = skipSpace(b, i + 1, to);
            if (i >= to || b[i] != '"') {
                return false;
            }
            int key = i + 1;
            int keyEnd = stringEnd(b, key, to);
            i = valueAfter(b, keyEnd, to);
            if (i < 0) {
                return false;
            }
            i = topField(b, key, keyEnd - key, i, to);
            if (i < 0) {
                return false;
            }
            i = skipSpace(b, i, to);
        } while (i < to && b[i] == ',');
        if (i >= to || b[i] != '}' || skipSpace(b, i + 1, to) != to || (seen & NEEDED) != NEEDED) {
            return false;
        }
        exchangeNanos = (seen & SEEN_TS_MS) != 0
                ? tsMillis * 1_000_000
                : (seen & SEEN_TS) != 0 ? WireTimes.rfc3339Nanos(b, tsFrom, tsTo) : 0;
        return true;
    }

    /** The same from parsed fields, except for the ticker, which is returned. */
    String read(JsonFields frame) throws MalformedFrameException {
        unknownFields = 0;
        sid = frame.integerFrom("sid", 0);
        seq = frame.integerFrom("seq", 0);
        JsonFields msg = frame.object("msg");
        String ticker = msg.ticker("market_ticker");
        priceE4 = msg.priceE4("price_dollars");
        deltaE2 = msg.decimal("delta_fp", 2);
        String sideText = msg.text("side");
        side = switch (sideText) {
            case "yes" -> Side.YES;
            case "no" -> Side.NO;
            default -> throw new MalformedFrameException("\"side\" must be yes or no, was \"" + sideText + "\"");
        };
        exchangeNanos = msg.eventNanos();
        return ticker;
    }

    /** Reads one field of the frame; the position after it, or −1. */
    private int topField(byte[] b, int key, int length, int at, int to) {
        switch (length) {
            case 4 -> {
                if (word(b, key, 4) == TYPE) {
                    return mark(SEEN_TYPE) ? deltaType(b, at, to) : -1;
                }
            }
            case 3 -> {
                long word = word(b, key, 3);
                if (word == MSG) {
                    return mark(SEEN_MSG) ? message(b, at, to) : -1;
                }
                if (word == SEQ || word == SID) {
                    int after = integer(b, at, to);
                    if (word == SEQ) {
                        seq = number;
                        return mark(SEEN_SEQ) ? after : -1;
                    }
                    sid = number;
                    return mark(SEEN_SID) ? after : -1;
                }
            }
            case 2 -> {
                if (word(b, key, 2) == ID) {
                    return mark(SEEN_ID) ? skipScalar(b, at, to) : -1;
                }
            }
            case 13 -> {
                if (word(b, key, 8) == SENDING_HEAD && word(b, key + 5, 8) == SENDING_TAIL) {
                    return mark(SEEN_SENDING) ? skipScalar(b, at, to) : -1;
                }
            }
            default -> {}
        }
        unknownFields++;
        return mark(SEEN_UNKNOWN_ABOVE) ? skipScalar(b, at, to) : -1;
    }

    private int deltaType(byte[] b, int at, int to) {
        int end = stringValueEnd(b, at, to);
        if (end - at - 1 != DELTA_TYPE_LENGTH
                || word(b, at + 1, 8) != DELTA_TYPE_HEAD
                || word(b, at + 8, 8) != DELTA_TYPE_TAIL) {
            return -1;
        }
        return end + 1;
    }

    /** Reads the object {@code msg}; the position after it, or −1. */
    private int message(byte[] b, int at, int to) {
        if (at >= to || b[at] != '{') {
            return -1;
        }
        int i = at;
        do {
            i = skipSpace(b, i + 1, to);
            if (i >= to || b[i] != '"') {
                return -1;
            }
            int key = i + 1;
            int keyEnd = stringEnd(b, key, to);
            i = valueAfter(b, keyEnd, to);
            if (i < 0) {
                return -1;
            }
            i = messageField(b, key, keyEnd - key, i, to);
            if (i < 0) {
                return -1;
            }
            i = skipSpace(b, i, to);
        } while (i < to && b[i] == ',');
        return i < to && b[i] == '}' ? i + 1 : -1;
    }

    private int messageField(byte[] b, int key, int length, int at, int to) {
        switch (length) {
            case 13 -> {
                long head = word(b, key, 8);
                long tail = word(b, key + 5, 8);
                if (head == TICKER_HEAD && tail == TICKER_TAIL) {
                    return mark(SEEN_TICKER) ? ticker(b, at, to) : -1;
                }
                if (head == PRICE_HEAD && tail == PRICE_TAIL) {
                    return mark(SEEN_PRICE) ? price(b, at, to) : -1;
                }
            }
            case 9 -> {
                if (word(b, key, 8) == MARKET_ID_HEAD && word(b, key + 1, 8) == MARKET_ID_TAIL) {
                    return mark(SEEN_MARKET_ID) ? skipScalar(b, at, to) : -1;
                }
            }
            case 8 -> {
                if (word(b, key, 8) == DELTA) {
                    return mark(SEEN_DELTA) ? delta(b, at, to) : -1;
                }
            }
            case 4 -> {
                if (word(b, key, 4) == SIDE) {
                    return mark(SEEN_SIDE) ? side(b, at, to) : -1;
                }
            }
            case 5 -> {
                if (word(b, key, 5) == TS_MS) {
                    int after = integer(b, at, to);
                    tsMillis = number;
                    return mark(SEEN_TS_MS) && tsMillis <= WireTimes.MAX_MILLIS ? after : -1;
                }
            }
            case 2 -> {
                if (word(b, key, 2) == TS) {
                    int end = stringValueEnd(b, at, to);
                    tsFrom = at + 1;
                    tsTo = end;
                    return mark(SEEN_TS) && end >= 0 ? end + 1 : -1;
                }
            }
            case 15 -> {
                if (word(b, key, 8) == CLIENT_HEAD && word(b, key + 7, 8) == CLIENT_TAIL) {
                    return mark(SEEN_CLIENT) ? skipScalar(b, at, to) : -1;
                }
            }
            case 10 -> {
                if (word(b, key, 8) == SUBACCOUNT_HEAD && word(b, key + 2, 8) == SUBACCOUNT_TAIL) {
                    return mark(SEEN_SUBACCOUNT) ? skipScalar(b, at, to) : -1;
                }
            }
            default -> {}
        }
        unknownFields++;
        return mark(SEEN_UNKNOWN_IN_MSG) ? skipScalar(b, at, to) : -1;
    }

    private int ticker(byte[] b, int at, int to) {
        int end = stringValueEnd(b, at, to);
        tickerFrom = at + 1;
        tickerTo = end;
        return end < 0 ? -1 : end + 1;
    }

    private int price(byte[] b, int at, int to) {
        int end = decimal(b, at, to, 4);
        if (end < 0 || number < 0 || number > TickGrid.ONE_DOLLAR_E4) {
            return -1;
        }
        priceE4 = (int) number;
        return end;
    }

    private int delta(byte[] b, int at, int to) {
        int end = decimal(b, at, to, 2);
        deltaE2 = number;
        return end;
    }

    private int side(byte[] b, int at, int to) {
        int end = stringValueEnd(b, at, to);
        int length = end - at - 1;
        if (length < 2 || length > 3) {
            return -1;
        }
        long text = word(b, at + 1, length);
        if (text != YES && text != NO) {
            return -1;
        }
        side = text == YES ? Side.YES : Side.NO;
        return end + 1;
    }

    /** A decimal in a string into {@link #number}. */
    private int decimal(byte[] b, int at, int to, int scale) {
        int end = stringValueEnd(b, at, to);
        if (end < 0) {
            return -1;
        }
        number = JsonBytes.usualDecimal(b, at + 1, end, scale);
        if (number == JsonBytes.UNUSUAL) {
            try {
                number = FixedPoint.parse(b, at + 1, end, scale);
            } catch (NumberFormatException malformed) {
                return -1; // the slow way says what is wrong with it
            }
        }
        return end + 1;
    }

    /** A non-negative integer of at most 18 digits into {@link #number}. */
    private int integer(byte[] b, int at, int to) {
        if (at < 0) {
            return -1;
        }
        int i = at;
        long value = 0;
        long eight = JsonBytes.eightDigits(b, at, to);
        if (eight >= 0) {
            value = eight;
            i += 8;
        }
        while (i < to && b[i] >= '0' && b[i] <= '9') {
            value = value * 10 + (b[i] - '0');
            i++;
        }
        number = value;
        int digits = i - at;
        // JSON has no leading zeros; what may follow the digits is checked by the caller.
        return digits == 0 || digits > 18 || (digits > 1 && b[at] == '0') ? -1 : i;
    }

    private int skipScalar(byte[] b, int at, int to) {
        if (at < to && b[at] == '"') {
            int end = stringEnd(b, at + 1, to);
            return end < 0 ? -1 : end + 1;
        }
        return integer(b, at, to);
    }

    private boolean mark(int bit) {
        boolean first = (seen & bit) == 0;
        seen |= bit;
        return first;
    }
}
