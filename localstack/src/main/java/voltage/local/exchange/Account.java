package voltage.local.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A member: money on each shard, orders, positions, and what REST may see of them. */
final class Account {
    final String name;
    final String userId;
    final TreeMap<Integer, Long> cashE6 = new TreeMap<>();
    final Map<String, Order> orders = new LinkedHashMap<>();
    final Set<Order> resting = new java.util.LinkedHashSet<>();
    final Set<String> clientOrderIds = new HashSet<>();
    final TreeMap<String, Position> positions = new TreeMap<>();
    final Map<String, OrderGroup> groups = new LinkedHashMap<>();
    final Map<String, Transfer> transfers = new LinkedHashMap<>();
    final List<Fill> fills = new ArrayList<>();
    final List<Settlement> settlements = new ArrayList<>();
    final AccountView view = new AccountView();
    final RateLimits limits;

    Account(String name, String userId, ExchangeSettings.Tier tier) {
        this.name = name;
        this.userId = userId;
        this.limits = new RateLimits(tier);
    }

    long cashE6(int shard) {
        return cashE6.getOrDefault(shard, 0L);
    }

    void addCash(int shard, long amountE6) {
        cashE6.merge(shard, amountE6, Long::sum);
    }

    Position position(Market market) {
        return positions.computeIfAbsent(
                market.ticker(), ticker -> new Position(ticker, market.definition.eventTicker(), market.shard()));
    }

    @Nullable
    Position held(Market market) {
        return positions.get(market.ticker());
    }

    long netE2(Market market) {
        Position position = held(market);
        return position == null ? 0 : position.netE2;
    }
}
