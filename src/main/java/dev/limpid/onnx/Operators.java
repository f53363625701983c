package dev.limpid.onnx;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operators that a model may use. Left out is what holds a graph of its own (If, Loop, Scan), draws random numbers,
 * handles text, sequences or pictures, or gives as many elements as its values say (NonZero, Unique, Compress).
 */
final class Operators {
    private static final String ELEMENTWISE =
            """
            Abs Acos Acosh Add And Asin Asinh Atan Atanh BitwiseAnd BitwiseNot BitwiseOr BitwiseXor Cast CastLike Ceil Celu \
            Clip Cos Cosh Div Elu Equal Erf Exp Floor Gelu Greater GreaterOrEqual HardSigmoid HardSwish Identity IsInf IsNaN \
            LeakyRelu Less LessOrEqual Log Max Mean Min Mish Mod Mul Neg Not Or PRelu Pow Reciprocal Relu Round Selu Sigmoid \
            Sign Sin Sinh Softplus Softsign Sqrt Sub Sum Swish Tan Tanh ThresholdedRelu Where Xor""";

    private static final String LAYERS =
            """
            Attention AveragePool BatchNormalization Conv ConvTranspose Einsum GRU Gemm GlobalAveragePool GlobalMaxPool \
            GroupNormalization Hardmax InstanceNormalization LRN LSTM LayerNormalization LogSoftmax LpNormalization LpPool \
            MatMul MaxPool MeanVarianceNormalization RMSNormalization RNN RotaryEmbedding Softmax""";

    private static final String REDUCTIONS =
            """
            ArgMax ArgMin CumSum ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd \
            ReduceSum ReduceSumSquare TopK""";

    private static final String SHAPES =
            """
            Concat Constant ConstantOfShape DepthToSpace Dropout Expand EyeLike Flatten Gather GatherElements GatherND OneHot \
            Pad Range Reshape Resize ReverseSequence ScatterElements ScatterND Shape Size Slice SpaceToDepth Split Squeeze \
            Tile Transpose Trilu Unsqueeze""";

    private static final String INT8 =
            "ConvInteger DequantizeLinear DynamicQuantizeLinear MatMulInteger QLinearConv QLinearMatMul QuantizeLinear";

    private static final Set<String> ALLOWED = Stream.of(ELEMENTWISE, LAYERS, REDUCTIONS, SHAPES, INT8)
            .flatMap(names -> Stream.of(names.split(" ", -1)))
            .collect(Collectors.toUnmodifiableSet());

    private Operators() {}

    static boolean allowed(String operator) {
        return ALLOWED.contains(operator);
    }
}
