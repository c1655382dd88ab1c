package voltage.local.exchange;

import java.security.PublicKey;

/** A key that may sign an account's requests. */
record ApiKey(String id, Account account, PublicKey publicKey) {}
