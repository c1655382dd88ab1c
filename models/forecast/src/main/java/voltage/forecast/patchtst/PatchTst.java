package voltage.forecast.patchtst;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.MinuteWindow;
import voltage.forecast.model.EventNet;

/**
 * A trained net, served by ONNX Runtime: one thread that does not spin, one window at a time, buffers that live as long as the net. Its
 * result may differ in the last bits on another processor; so it is journalled with the decision, and a replay does not run it again.
 */
public final class PatchTst implements EventNet {
    /** Names of its two files in an artifact. */
    public static final String GRAPH = "patchtst.onnx";

    public static final String INPUTS = "patchtst.json";

    private static final String WINDOW = "window";
    private static final String LEVELS = "levels";
    private static final String PROBABILITIES = "probabilities";

    /** Sets of models come and go in a running worker: a net that nobody serves with any more lets go by itself. */
    private static final Cleaner CLEANER = Cleaner.create();

    private final NetInputs inputs;
    private final OrtSession session;
    private final FloatBuffer window;
    private final FloatBuffer levels;
    private final FloatBuffer probabilities;
    private final Map<String, OnnxTensor> fed;
    private final Map<String, OnnxTensor> pinned;
    private final Cleaner.Cleanable natively;

    private PatchTst(NetInputs inputs, OrtEnvironment environment, OrtSession session) throws OrtException {
        this.inputs = inputs;
        this.session = session;
        window = direct(MinuteWindow.CHANNELS * MinuteWindow.MINUTES);
        levels = direct(inputs.levelCount());
        probabilities = direct(inputs.events().size());
        fed = Map.of(
                WINDOW,
                OnnxTensor.createTensor(
                        environment, window, new long[] {1, MinuteWindow.CHANNELS, MinuteWindow.MINUTES}),
                LEVELS,
                OnnxTensor.createTensor(environment, levels, new long[] {1, inputs.levelCount()}));
        pinned = Map.of(PROBABILITIES, OnnxTensor.createTensor(environment, probabilities, new long[] {
            1, inputs.events().size()
        }));
        natively = CLEANER.register(this, new Held(session, fed, pinned));
    }

    /**
     * Loads a net and runs it once, so that one that cannot be served is refused here.
     *
     * @param onnx the graph
     * @throws BrokenNetException if it is damaged or does not fit its settings
     * @throws IllegalStateException if this process was started in a way that ONNX Runtime does not survive
     */
    public static PatchTst load(byte[] onnx, NetInputs inputs) {
        OrtEnvironment environment = CommandLine.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            OrtSession session = environment.createSession(onnx, options);
            PatchTst net = new PatchTst(inputs, environment, session);
            if (!session.getInputNames().equals(Set.of(WINDOW, LEVELS))) {
                net.close();
                throw new BrokenNetException("it takes a window and levels, was " + session.getInputNames(), null);
            }
            net.run();
            return net;
        } catch (OrtException e) {
            throw new BrokenNetException("ONNX Runtime does not take it, " + e.getMessage(), e);
        }
    }

    /** From its two files. */
    public static PatchTst load(byte[] onnx, byte[] inputs) {
        try (JsonParser in = new JsonFactory().createParser(inputs)) {
            return load(onnx, NetInputs.read(in));
        } catch (IOException e) {
            throw new BrokenNetException("its settings cannot be read, " + e.getMessage(), e);
        }
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    public NetInputs inputs() {
        return inputs;
    }

    @Override
    public List<VolatilityEvent> events() {
        return inputs.events();
    }

    @Override
    public double[] probabilities(double[] row, MinuteWindow seen) {
        NetInputs.writeWindow(seen, window.clear());
        inputs.writeLevels(row, seen, levels.clear());
        try {
            run();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime did not run a net that it had loaded: " + e.getMessage(), e);
        }
        double[] said = new double[probabilities.capacity()];
        for (int i = 0; i < said.length; i++) {
            said[i] = probabilities.get(i);
        }
        return said;
    }

    private void run() throws OrtException {
        try {
            session.run(fed, pinned).close();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** What lies outside of Java's heap. */
    private record Held(OrtSession session, Map<String, OnnxTensor> fed, Map<String, OnnxTensor> pinned)
            implements Runnable {
        @Override
        public void run() {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("ONNX Runtime did not let go of a net: " + e.getMessage(), e);
            } finally {
                fed.values().forEach(OnnxTensor::close);
                pinned.values().forEach(OnnxTensor::close);
            }
        }
    }

    /** At once instead of when it is no longer reachable; a second time does nothing. */
    @Override
    public void close() {
        natively.clean();
    }
}
