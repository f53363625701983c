package dev.limpid.train;

import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** {@link TokenOps} by libtorch. Confined to one thread; to be closed. */
final class TorchTokenOps extends TorchOps implements TokenOps<Tensor> {
    /** As ONNX has it. */
    private static final double NORM_FLOOR = 1e-5;

    TorchTokenOps(Start start) {
        super(start);
    }

    /** Fresh parameters. */
    static TorchTokenOps seeded(long seed) {
        return new TorchTokenOps(fresh(seed));
    }

    /** Parameters with the given values. */
    static TorchTokenOps of(Map<String, float[]> weights) {
        return new TorchTokenOps(given(weights));
    }

    /** As one matrix product, which is what small convolutions are fastest as. */
    @Override
    public Tensor conv(Tensor x, Tensor weight, Tensor bias, int stride, int pad, int dilation) {
        long kernel = weight.size(2);
        if (stride != 1 || 2L * pad != dilation * (kernel - 1)) {
            return super.conv(x, weight, bias, stride, pad, dilation);
        }
        Tensor padded = torch.constant_pad_nd(x, new long[] {pad, pad});
        TensorVector taps = new TensorVector(kernel);
        for (int tap = 0; tap < kernel; tap++) {
            taps.put(tap, padded.narrow(-1, (long) tap * dilation, x.size(2)));
        }
        Tensor side = torch.cat(taps, 1).transpose(1, 2);
        Tensor flat = weight.permute(0, 2, 1).reshape(weight.size(0), kernel * weight.size(1));
        return torch.linear(side, flat, new TensorOptional(bias)).transpose(1, 2);
    }

    @Override
    public Tensor embed(Tensor ids, Tensor table) {
        return torch.embedding(table, ids);
    }

    @Override
    public Tensor real(Tensor ids) {
        return ids.to(ScalarType.Float);
    }

    @Override
    public Tensor counts(Tensor ids, int columns) {
        Tensor capped = ids.clamp_max(new Scalar(columns - 1));
        return real(torch.one_hot(capped, columns)).sum(new long[] {1}, false, new ScalarTypeOptional());
    }

    @Override
    public Tensor columnAt(Tensor x, Tensor ids, int columns) {
        return x.gather(-1, ids.clamp_max(new Scalar(columns - 1)));
    }

    @Override
    public Tensor pickLast(Tensor x, Tensor ids) {
        return x.gather(-1, ids.unsqueeze(-1)).squeeze(-1);
    }

    @Override
    public Tensor argMaxLast(Tensor x) {
        return x.argmax(new LongOptional(-1), false);
    }

    @Override
    public Tensor choose(Tensor flags, Tensor first, Tensor second) {
        return torch.where(flags.gt(new Scalar(0)), first, second);
    }

    @Override
    public Tensor maxLast(Tensor x) {
        return x.amax(new long[] {-1}, true);
    }

    @Override
    public Tensor softmaxLast(Tensor x) {
        return x.softmax(-1);
    }

    @Override
    public Tensor logSoftmaxLast(Tensor x) {
        return x.log_softmax(-1);
    }

    @Override
    public Tensor matmul(Tensor a, Tensor b) {
        return a.matmul(b);
    }

    @Override
    public Tensor layerNorm(Tensor x, Tensor gain, Tensor bias) {
        long[] last = {gain.numel()};
        return torch.layer_norm(x, last, new TensorOptional(gain), new TensorOptional(bias), NORM_FLOOR, false);
    }

    @Override
    public Tensor permute(Tensor x, int... axes) {
        return x.permute(Torch.longs(axes));
    }
}
