package voltage.kalshi.auth;

/** A key of Kalshi's API: its id, and what signs with it. Neither is shown in full. */
public record ApiKey(String id, RequestSigner signer) {
    private static final int SHOWN = 4;

    public ApiKey {
        if (id.isBlank() || id.length() > 128 || !id.equals(id.strip())) {
            throw new IllegalArgumentException(
                    "an API key id is the text that Kalshi shows beside the key, without spaces around it, at most 128 characters; was "
                            + (id.isBlank() ? "empty" : id.length() + " characters")
                            + "; copy it again from Kalshi's page of keys");
        }
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) <= ' ' || id.charAt(i) > '~') {
                throw new IllegalArgumentException("an API key id has printable ASCII characters only, character "
                        + (i + 1) + " of " + id.length() + " is U+" + String.format("%04X", (int) id.charAt(i))
                        + "; copy it again from Kalshi's page of keys");
            }
        }
    }

    @Override
    public String toString() {
        String start = id.length() > 2 * SHOWN ? id.substring(0, SHOWN) : "";
        return "ApiKey[" + start + "…, " + signer + "]";
    }
}
