package voltage.local.exchange;

import java.util.Map;

/**
 * A REST request as it arrives.
 *
 * @param path from {@code /trade-api/v2} on, without query
 * @param query raw, without the question mark
 * @param headers names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record ExchangeRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {}
