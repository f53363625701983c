package dev.limpid.train;

import dev.limpid.train.tokens.Check;
import dev.limpid.train.tokens.Thresholds;
import dev.limpid.train.tokens.TokenWindows;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** What a fitted model of tokens says of windows, by the engine that trained it. */
final class TokenJudge {
    private static final int BATCH = 64;

    private TokenJudge() {}

    /**
     * What is said of some windows, as in {@link TokenGraph.Outputs}.
     *
     * @param ids what came, {@code [window][time]}
     * @param clean ids {@code [window][time]}
     * @param error {@code [window][time]}, as are {@code confidence}, {@code missingBefore} and {@code missingCount}
     * @param values {@code [window][check]}
     */
    @SuppressWarnings("ArrayRecordComponent") // private to the package, never compared
    record Said(
            int windows,
            long[] ids,
            float[] clean,
            float[] error,
            float[] confidence,
            float[] missingBefore,
            float[] missingCount,
            float[] values) {
        double value(int window, Check check) {
            return values[window * Check.values().length + check.place()];
        }
    }

    /** Of windows that stand one behind the other. */
    static Said said(TokenGraph graph, TorchTokenOps ops, long... ids) {
        int length = graph.model().length();
        int windows = ids.length / length;
        return Torch.inferring(() -> {
            TokenGraph.Outputs<Tensor> outputs = graph.outputs(ops, Torch.whole(ids, windows, length));
            return new Said(
                    windows,
                    ids,
                    Torch.array(ops.real(outputs.clean())),
                    Torch.array(outputs.error()),
                    Torch.array(outputs.confidence()),
                    Torch.array(outputs.missingBefore()),
                    Torch.array(ops.real(outputs.missingCount())),
                    Torch.array(outputs.judged().values()));
        });
    }

    /** {@link WindowChecks#contribution} of windows that stand one behind the other. */
    static float[] contribution(TokenGraph graph, TorchTokenOps ops, Thresholds thresholds, long... ids) {
        int length = graph.model().length();
        return Torch.inferring(() -> {
            WindowChecks.Judged<Tensor> judged = graph.outputs(ops, Torch.whole(ids, ids.length / length, length))
                    .judged();
            Tensor multiples = graph.checks().multiples(ops, judged.values(), thresholds);
            return Torch.array(WindowChecks.contribution(ops, multiples, judged.parts(), length));
        });
    }

    /** Of all windows, in batches, in order. */
    static List<Said> said(TokenGraph graph, Map<String, float[]> weights, TokenWindows windows) {
        try (TorchTokenOps ops = TorchTokenOps.of(weights)) {
            return IntStream.range(0, (windows.size() + BATCH - 1) / BATCH)
                    .mapToObj(batch -> said(
                            graph, ops, ids(windows, batch * BATCH, Math.min(windows.size(), (batch + 1) * BATCH))))
                    .toList();
        }
    }

    /** The windows from {@code from} to {@code to}, exclusive, one behind the other. */
    static long[] ids(TokenWindows windows, int from, int to) {
        long[] ids = new long[(to - from) * windows.length()];
        for (int window = from; window < to; window++) {
            int[] values = windows.at(window);
            for (int i = 0; i < values.length; i++) {
                ids[(window - from) * values.length + i] = values[i];
            }
        }
        return ids;
    }
}
