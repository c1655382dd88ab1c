package voltage.local.exchange;

import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import voltage.local.session.Session;
import voltage.local.session.SessionEvent;
import voltage.local.session.SessionMarket;
import voltage.market.Side;

/**
 * The exchange's core: requests, commands and session events in; bodies and frames out. It makes no thread and reads no clock
 * but the one that it is given, so the same inputs at the same times give the same bytes. All methods may be called from any
 * thread and hold one lock.
 *
 * <p>Time: every call first does what was due until the clock's present time. A driver of virtual time sets its clock to
 * {@link #nextDueNanos()} and calls {@link #advanceTo}; a server does so with a timer.
 */
public final class LocalExchange {
    public static final String STREAM_PATH = "/trade-api/ws/v2";

    private final LongSupplier clockNanos;
    private final ExchangeJournal journal;
    private final ExchangeState state;
    private final Matching matching;
    private final OrderEntry entry;
    private final Lifecycle lifecycle;
    private final SessionFlow flow;
    private final Access access;
    private final RestApi rest;
    private final StreamCommands commands;
    private final Recovery recovery;

    /** @param clockNanos epoch nanoseconds UTC */
    public LocalExchange(ExchangeSettings settings, LongSupplier clockNanos, ExchangeJournal journal) {
        this.clockNanos = clockNanos;
        this.journal = journal;
        state = new ExchangeState(settings, journal);
        matching = new Matching(state);
        entry = new OrderEntry(state, matching);
        lifecycle = new Lifecycle(state, matching);
        flow = new SessionFlow(state, matching);
        access = new Access(state);
        rest = new RestApi(state, access, entry, matching);
        commands = new StreamCommands(state);
        recovery = new Recovery(state, entry);
    }

    /**
     * Continues from a journal's lines: all orders, fills, balances, settlements and client order ids are as they were. Then
     * {@link #restore} takes the session's events up to {@link #recoveredUntilNanos()}, and {@link #restored} ends it.
     *
     * @param journal where to continue; the lines are in it already
     */
    public static LocalExchange recover(
            ExchangeSettings settings,
            LongSupplier clockNanos,
            ExchangeJournal journal,
            List<String> lines,
            List<SessionMarket> markets) {
        LocalExchange exchange = new LocalExchange(settings, clockNanos, journal);
        synchronized (exchange) {
            exchange.state.restoring = true;
            markets.forEach(exchange.lifecycle::add);
            exchange.recovery.read(lines);
            return exchange;
        }
    }

    /** The time of the last change that the journal tells of; 0 for an empty one. */
    public synchronized long recoveredUntilNanos() {
        return recovery.untilNanos();
    }

    /** Lets a past session event rebuild the anonymous book: nothing matches and nothing is announced. */
    public synchronized void restore(SessionEvent event) {
        run(event.atNanos());
        recovery.consumeUntil(event.atNanos());
        flow.apply(event);
        state.transaction.commit();
    }

    /** Rebuilds the books from a session's past events and ends the rebuilding. */
    public synchronized void restoreFrom(Session session) {
        try (Session.EventCursor events = session.open()) {
            for (SessionEvent next = events.peek();
                    next != null && next.atNanos() <= recovery.untilNanos();
                    next = events.peek()) {
                restore(events.next());
            }
        }
        restored();
    }

    /** Ends the rebuilding: resting orders are back in their books. */
    public synchronized void restored() {
        if (state.restoring) {
            run(recovery.untilNanos());
            recovery.finish();
            state.restoring = false;
            state.transaction.commit();
        }
    }

    /** Lists a session's markets. */
    public synchronized void addMarkets(List<SessionMarket> markets) {
        enter();
        markets.forEach(lifecycle::add);
        enter();
    }

    /** An account with an RSA key, which every client can use, and its cash on the crypto shard. */
    public Credentials createAccount(String name, long cashE6) {
        return createAccount(name, Map.of(2, cashE6), Credentials.Algorithm.RSA);
    }

    /** @param cashE6 by shard */
    public Credentials createAccount(String name, Map<Integer, Long> cashE6, Credentials.Algorithm algorithm) {
        KeyPair pair = Credentials.generate(algorithm);
        return new Credentials(createAccount(name, cashE6, pair.getPublic()), Credentials.pem(pair));
    }

    /**
     * An account whose owner keeps the private key.
     *
     * @return the key's id
     */
    public synchronized String createAccount(String name, Map<Integer, Long> cashE6, PublicKey publicKey) {
        enter();
        if (state.accounts.containsKey(name)) {
            throw new IllegalArgumentException("account \"" + name + "\" exists already; choose another name");
        }
        String algorithm = publicKey.getAlgorithm().equals("RSA") ? "RSA" : "Ed25519";
        JournalEntry.NewAccount opened = new JournalEntry.NewAccount(
                name, state.ids.next(), algorithm, Base64.getEncoder().encodeToString(publicKey.getEncoded()));
        Account account = recovery.open(opened);
        journal.append(
                new JournalEntry(state.nowNanos, state.ids.made(), state.numbersGiven(), List.of(), List.of(), opened)
                        .toLine());
        ExchangeSettings.SHARDS.keySet().forEach(shard -> account.addCash(shard, cashE6.getOrDefault(shard, 0L)));
        state.transaction.changed(account);
        state.transaction.commit();
        account.view.catchUp(state.nowNanos);
        return opened.keyId();
    }

    /** Whether {@code cfbenchmarks_value} can be subscribed to: only a session with an index has it. */
    public synchronized void serveIndex(boolean serves) {
        state.servesIndex = serves;
    }

    /** Answers a REST request. */
    public synchronized ExchangeResponse handle(ExchangeRequest request) {
        enter();
        ExchangeResponse response = rest.handle(request);
        state.transaction.commit();
        return response;
    }

    /** Opens a stream. @param headers names in lower case */
    public synchronized Connection connect(Map<String, String> headers, StreamSink out) {
        enter();
        Account account;
        try {
            account = access.account(headers, "GET", STREAM_PATH);
        } catch (Refusal refusal) {
            return new Connection.Refused(refusal.response());
        }
        StreamConnection connection = new StreamConnection(state, account, out);
        state.hub.add(connection);
        return new Connection.Opened(new StreamSession() {
            @Override
            public void text(String frame) {
                command(connection, frame);
            }

            @Override
            public void closed() {
                close(connection);
            }
        });
    }

    private synchronized void command(StreamConnection connection, String frame) {
        enter();
        commands.execute(connection, frame);
        state.transaction.commit();
    }

    private synchronized void close(StreamConnection connection) {
        connection.closed();
    }

    /** Lets something happen that a session tells of. */
    public synchronized void apply(SessionEvent event) {
        enter();
        flow.apply(event);
        state.transaction.commit();
    }

    /** What its own clock shows, epoch nanoseconds. */
    public synchronized long nowNanos() {
        return state.nowNanos;
    }

    /** Does everything that is due until then. */
    public synchronized void advanceTo(long nanos) {
        restored();
        run(nanos);
    }

    /** When something will happen by itself; {@link Long#MAX_VALUE} if nothing will. */
    public synchronized long nextDueNanos() {
        return state.schedule.nextDueNanos();
    }

    /** Misbehaviour on request. */
    public Faults faults() {
        return state.faults;
    }

    /** Closes every stream, as an unhealthy network does. */
    public synchronized void disconnectAll() {
        enter();
        state.hub.connections().forEach(connection -> connection.disconnect(1011, "internal error"));
        state.transaction.commit();
    }

    /** No placing or amending, cancelling is allowed: Kalshi's Thursday pause. */
    public synchronized void pauseTrading() {
        enter();
        lifecycle.pauseTrading();
        state.transaction.commit();
    }

    /** Not even cancelling. */
    public synchronized void pauseExchange() {
        enter();
        lifecycle.pauseExchange();
        state.transaction.commit();
    }

    public synchronized void resumeExchange() {
        enter();
        lifecycle.resume();
        state.transaction.commit();
    }

    public synchronized void pauseMarket(String ticker) {
        enter();
        lifecycle.pauseMarket(market(ticker));
        state.transaction.commit();
    }

    /** Its resting orders are cancelled when a market comes back. */
    public synchronized void resumeMarket(String ticker) {
        enter();
        lifecycle.resumeMarket(market(ticker));
        state.transaction.commit();
    }

    /**
     * Has a market's settlement disputed: it is held up after it was due.
     *
     * @param isWrongAtFirst whether the outcome is first published the wrong way round, and amended half-way
     * @return false if the outcome has been published already, which nothing changes then
     */
    public synchronized boolean disputeSettlement(String ticker, long heldUpNanos, boolean isWrongAtFirst) {
        enter();
        Market market = market(ticker);
        if (market.phase.compareTo(Market.Phase.DETERMINED) >= 0 || market.heldUpNanos > 0) {
            return false;
        }
        market.heldUpNanos = heldUpNanos;
        market.firstResult = isWrongAtFirst ? market.definition.result().opposite() : null;
        return true;
    }

    /** From now on any signature counts as right; everything else about it is still checked. */
    public synchronized void trustSignatures() {
        state.checksSignatures = false;
    }

    /** An account as the matching engine has it, for whoever compares. */
    public synchronized Inspection inspect(String accountName) {
        return new AccountInspection(account(accountName));
    }

    private Market market(String ticker) {
        Market market = state.markets.get(ticker);
        if (market == null) {
            throw new IllegalArgumentException("no market \"" + ticker + "\" is listed here");
        }
        return market;
    }

    /** An account's money now, bound or not, over all shards: what the books must balance to. */
    public synchronized long cashE6(String accountName) {
        return account(accountName).cashE6.values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Cash on a shard that resting orders do not bind. */
    public synchronized long availableE6(String accountName, int shard) {
        return Collateral.availableE6(account(accountName), shard);
    }

    /** An account's net position now, plus for YES. */
    public synchronized long positionE2(String accountName, String ticker) {
        return account(accountName).netE2(market(ticker));
    }

    /** Orders that rest now, over all accounts. */
    public synchronized int restingOrders() {
        return state.accounts.values().stream()
                .mapToInt(account -> account.resting.size())
                .sum();
    }

    /** What is displayed at a level now. */
    public synchronized long displayedE2(String ticker, Side side, int priceE4) {
        return market(ticker).book.displayed(side).countAtE2(priceE4);
    }

    /** Seen by tests only: everything else asks through REST. */
    synchronized Account account(String name) {
        Account account = state.accounts.get(name);
        if (account == null) {
            throw new IllegalArgumentException("no account \"" + name + "\" exists here");
        }
        return account;
    }

    private void enter() {
        restored();
        run(clockNanos.getAsLong());
    }

    /** Each due thing happens at its own time and is a transaction of its own. */
    private void run(long untilNanos) {
        while (state.schedule.nextDueNanos() <= untilNanos) {
            state.nowNanos = Math.max(state.nowNanos, state.schedule.nextDueNanos());
            state.schedule.runNext();
            state.transaction.commit();
        }
        state.nowNanos = Math.max(state.nowNanos, untilNanos);
    }
}
