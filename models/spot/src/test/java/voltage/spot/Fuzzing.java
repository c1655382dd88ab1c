package voltage.spot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import voltage.market.FrameDecoder;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;

/** Damages good frames and checks that a decoder refuses them in the one agreed way, or reads them. */
public final class Fuzzing {
    private Fuzzing() {}

    /** Cuts, flips, doubles and splices {@code frames}; any exception but {@link MalformedFrameException} fails the test. */
    public static void survive(Supplier<FrameDecoder> decoders, List<String> frames, int rounds) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261121);
        FrameDecoder decoder = decoders.get();
        long refused = 0;
        for (int round = 0; round < rounds; round++) {
            if (round % 50 == 0) {
                decoder = decoders.get();
            }
            byte[] bytes = damaged(frames.get(random.nextInt(frames.size())).getBytes(UTF_8), frames, random);
            int[] emitted = {0};
            try {
                decoder.frame(bytes, 0, bytes.length, Decoding.START_NANOS + round, event -> {
                    emitted[0]++;
                    assertThat(event.receivedNanos()).isPositive();
                    assertThat(event)
                            .isInstanceOfAny(
                                    MarketEvent.SpotTrade.class,
                                    MarketEvent.SpotQuote.class,
                                    MarketEvent.SpotCandle.class);
                });
            } catch (MalformedFrameException e) {
                refused++;
                assertThat(emitted[0]).as("events of a refused frame").isZero();
                assertThat(e).hasMessageContaining("bytes");
            }
        }
        assertThat(refused).as("refused of " + rounds).isGreaterThan(rounds / 4);
    }

    private static byte[] damaged(byte[] frame, List<String> frames, RandomGenerator random) {
        byte[] bytes = frame.clone();
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                for (int i = 0; i < 1 + random.nextInt(4); i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                yield bytes;
            }
            case 2 -> {
                // Digits only: still JSON, other values.
                for (int i = 0; i < bytes.length; i++) {
                    if (bytes[i] >= '0' && bytes[i] <= '9' && random.nextInt(8) == 0) {
                        bytes[i] = (byte) ('0' + random.nextInt(10));
                    }
                }
                yield bytes;
            }
            case 3 -> {
                String text = new String(bytes, UTF_8);
                String[] odd = {
                    "null", "-1", "1e400", "1E-9999999999", "\"\"", "[]", "{}", "true", "99999999999999999999"
                };
                yield text.replaceFirst(":\"?[-0-9.]+\"?", ":" + odd[random.nextInt(odd.length)])
                        .getBytes(UTF_8);
            }
            case 4 -> {
                byte[] other = frames.get(random.nextInt(frames.size())).getBytes(UTF_8);
                int cut = random.nextInt(bytes.length);
                byte[] spliced = Arrays.copyOf(bytes, cut + other.length);
                System.arraycopy(other, 0, spliced, cut, other.length);
                yield spliced;
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int to = Math.min(bytes.length, from + 1 + random.nextInt(20));
                byte[] shorter = Arrays.copyOf(bytes, bytes.length - (to - from));
                System.arraycopy(bytes, to, shorter, from, bytes.length - to);
                yield shorter;
            }
        };
    }
}
