package voltage.training.lightgbm;

import com.microsoft.ml.lightgbm.SWIGTYPE_p_double;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_int;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_long_long;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_p_void;
import com.microsoft.ml.lightgbm.SWIGTYPE_p_void;
import com.microsoft.ml.lightgbm.lightgbmlib;
import com.microsoft.ml.lightgbm.lightgbmlibConstants;

/**
 * A model evaluated by native LightGBM, row by row on one thread: what the pure-Java evaluator is compared with. Not for several threads.
 * Close it: native memory is not collected.
 */
public final class NativeModel implements AutoCloseable {
    private final SWIGTYPE_p_p_void booster = lightgbmlib.voidpp_handle();
    private final SWIGTYPE_p_void rawConfig;
    private final SWIGTYPE_p_void probabilityConfig;
    private final SWIGTYPE_p_long_long length = lightgbmlib.new_int64_tp();
    private final SWIGTYPE_p_double out = lightgbmlib.new_doubleArray(1);
    private final int features;
    private boolean closed;

    private NativeModel(String text) {
        SWIGTYPE_p_int iterations = lightgbmlib.new_intp();
        SWIGTYPE_p_int columns = lightgbmlib.new_intp();
        try {
            NativeLibrary.check(
                    lightgbmlib.LGBM_BoosterLoadModelFromString(text, iterations, booster),
                    "LightGBM refuses the model");
            NativeLibrary.check(
                    lightgbmlib.LGBM_BoosterGetNumFeature(lightgbmlib.voidpp_value(booster), columns),
                    "LightGBM does not tell the number of features");
            features = lightgbmlib.intp_value(columns);
        } finally {
            lightgbmlib.delete_intp(iterations);
            lightgbmlib.delete_intp(columns);
        }
        rawConfig = config(lightgbmlibConstants.C_API_PREDICT_RAW_SCORE);
        probabilityConfig = config(lightgbmlibConstants.C_API_PREDICT_NORMAL);
    }

    /** Loads a model in LightGBM's text format. */
    public static NativeModel of(String text) {
        NativeLibrary.load();
        return new NativeModel(text);
    }

    private SWIGTYPE_p_void config(int kind) {
        SWIGTYPE_p_p_void handle = lightgbmlib.voidpp_handle();
        NativeLibrary.check(
                lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastInit(
                        lightgbmlib.voidpp_value(booster),
                        kind,
                        0,
                        -1,
                        lightgbmlibConstants.C_API_DTYPE_FLOAT64,
                        features,
                        "num_threads=1",
                        handle),
                "LightGBM does not prepare single-row prediction");
        return lightgbmlib.voidpp_value(handle);
    }

    public double rawScore(double[] row) {
        return predict(row, rawConfig);
    }

    public double probability(double[] row) {
        return predict(row, probabilityConfig);
    }

    private double predict(double[] row, SWIGTYPE_p_void config) {
        if (closed || row.length != features) {
            throw new IllegalArgumentException("a row of an open model has " + features + " features, was " + row.length
                    + (closed ? ", closed" : ""));
        }
        NativeLibrary.check(
                lightgbmlib.LGBM_BoosterPredictForMatSingleRowFastCriticalSWIG(row, config, length, out),
                "LightGBM does not predict");
        return lightgbmlib.doubleArray_getitem(out, 0);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lightgbmlib.LGBM_FastConfigFree(rawConfig);
            lightgbmlib.LGBM_FastConfigFree(probabilityConfig);
            lightgbmlib.LGBM_BoosterFree(lightgbmlib.voidpp_value(booster));
            lightgbmlib.delete_int64_tp(length);
            lightgbmlib.delete_doubleArray(out);
        }
    }
}
