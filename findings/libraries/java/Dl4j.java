// Dl4j.java: what DL4J draws: its layers' defaults, WeightInit on a dense layer and a convolution, and some of ND4J's own schemes.
// Every network has a seed of its own, for the default seed is the time in milliseconds.
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.distribution.LogNormalDistribution;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.TruncatedNormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.weightinit.WeightInitScheme;
import org.nd4j.weightinit.impl.VarScalingNormalFanInInitScheme;
import org.nd4j.weightinit.impl.VarScalingNormalFanOutInitScheme;
import org.nd4j.weightinit.impl.VarScalingNormalUniformFanInInitScheme;
import org.nd4j.weightinit.impl.VarScalingNormalUniformFanOutInitScheme;

public final class Dl4j {
    private record Entry(String kind, String call, BaseLayer.Builder<?> layer) {}

    private static final List<WeightInit> NEED_MORE = List.of(WeightInit.DISTRIBUTION, WeightInit.IDENTITY);
    private static long seed = 0;

    private static DenseLayer.Builder dense(int in, int out) {
        return new DenseLayer.Builder().nIn(in).nOut(out);
    }

    private static ConvolutionLayer.Builder convolution(int out, int stride) {
        return new ConvolutionLayer.Builder(5, 5).nIn(3).nOut(out).stride(stride, stride);
    }

    private static List<Entry> layers() {
        return List.of(new Entry("D", "new DenseLayer.Builder().nIn(300).nOut(100)", dense(300, 100)),
            new Entry("C", "new ConvolutionLayer.Builder(5, 5).nIn(3).nOut(8)", convolution(8, 1)),
            new Entry("other", "new ConvolutionLayer.Builder(5, 5).nIn(3).nOut(16).stride(2, 2)", convolution(16, 2)),
            new Entry("C", "new ConvolutionLayer.Builder(5, 5).nIn(3).nOut(8).stride(4, 4)", convolution(8, 4)),
            new Entry("G", "new DepthwiseConvolution2D.Builder(3, 3).nIn(32).nOut(32)",
                new DepthwiseConvolution2D.Builder(3, 3).nIn(32).nOut(32)),
            new Entry("T", "new Deconvolution2D.Builder(4, 4).nIn(16).nOut(8)", new Deconvolution2D.Builder(4, 4).nIn(16).nOut(8)),
            new Entry("E", "new EmbeddingLayer.Builder().nIn(1000).nOut(64)", new EmbeddingLayer.Builder().nIn(1000).nOut(64)),
            new Entry("E", "new EmbeddingSequenceLayer.Builder().nIn(1000).nOut(64)",
                new EmbeddingSequenceLayer.Builder().nIn(1000).nOut(64)),
            new Entry("R", "new LSTM.Builder().nIn(32).nOut(64)", new LSTM.Builder().nIn(32).nOut(64)),
            new Entry("R", "new GravesLSTM.Builder().nIn(32).nOut(64)", new GravesLSTM.Builder().nIn(32).nOut(64)),
            new Entry("R", "new SimpleRnn.Builder().nIn(32).nOut(64)", new SimpleRnn.Builder().nIn(32).nOut(64)),
            new Entry("other", "new SeparableConvolution2D.Builder(5, 5).nIn(3).nOut(8)",
                new SeparableConvolution2D.Builder(5, 5).nIn(3).nOut(8)),
            new Entry("other", "new Convolution1DLayer.Builder(5).nIn(3).nOut(8)", new Convolution1DLayer.Builder(5).nIn(3).nOut(8)),
            new Entry("other", "new Convolution1DLayer.Builder(5).nIn(3).nOut(8).weightInit(WeightInit.RELU)",
                new Convolution1DLayer.Builder(5).nIn(3).nOut(8).weightInit(WeightInit.RELU)));
    }

    private static float[] values(INDArray array) {
        return array.dup('c').reshape(array.length()).toFloatVector();
    }

    /** The parameters of a network of one layer. */
    private static List<Drawn.Tensor> parameters(Layer layer) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(++seed).list(layer).build());
        network.init();
        List<Drawn.Tensor> tensors = new ArrayList<>();
        network.paramTable().forEach((name, array) -> tensors.add(new Drawn.Tensor(name.substring(2), array.shape(), values(array))));
        return tensors;
    }

    private static Map<String, IWeightInit> initializers() {
        Map<String, IWeightInit> all = new LinkedHashMap<>();
        for (WeightInit init : WeightInit.values()) {
            if (!NEED_MORE.contains(init)) {
                all.put("WeightInit." + init, init.getWeightInitFunction());
            }
        }
        Map<String, Distribution> distributions = Map.of("new NormalDistribution(0, 1)", new NormalDistribution(0, 1),
            "new TruncatedNormalDistribution(0, 1)", new TruncatedNormalDistribution(0, 1),
            "new TruncatedNormalDistribution(0, 0.02)", new TruncatedNormalDistribution(0, 0.02),
            "new UniformDistribution(-1, 1)", new UniformDistribution(-1, 1),
            "new LogNormalDistribution(0, 1)", new LogNormalDistribution(0, 1));
        distributions.forEach((call, distribution) -> all.put(call, new WeightInitDistribution(distribution)));
        return all;
    }

    private static List<float[]> outputs(int seed) {
        NeuralNetConfiguration.ListBuilder list =
            new NeuralNetConfiguration.Builder().seed(seed).activation(Activation.RELU).list();
        for (int i = 0; i < Drawn.DEPTH; i++) {
            list.layer(dense(Drawn.WIDTH, Drawn.WIDTH).build());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        INDArray inputs = Nd4j.create(Drawn.inputs(seed), new int[] {Drawn.BATCH, Drawn.WIDTH});
        List<float[]> layers = new ArrayList<>();
        network.feedForward(inputs).forEach(array -> layers.add(values(array)));
        return layers.subList(1, layers.size()); // the first are the inputs
    }

    public static void main(String[] args) throws Exception {
        Nd4j.getEnvironment().setMaxThreads(1); // these tensors are so small that threads only wait for each other
        Drawn drawn = new Drawn(args[0]);
        for (Entry entry : layers()) {
            Layer layer = entry.layer.build();
            drawn.layer(entry.call, entry.kind, () -> parameters(layer));
        }
        drawn.layer("new SelfAttentionLayer.Builder().nIn(64).nOut(64).nHeads(4).projectInput(true)", "N",
            () -> parameters(new SelfAttentionLayer.Builder().nIn(64).nOut(64).nHeads(4).projectInput(true).build()));
        for (Map.Entry<String, IWeightInit> init : initializers().entrySet()) {
            String call = "weightInit(" + init.getKey() + ")";
            drawn.layer(call, "D", () -> parameters(dense(300, 100).weightInit(init.getValue()).build()));
            drawn.layer(call, "C", () -> parameters(convolution(8, 1).weightInit(init.getValue()).build()));
        }
        for (WeightInitScheme scheme : List.of(new VarScalingNormalFanInInitScheme('c', 300),
                new VarScalingNormalFanOutInitScheme('c', 100), new VarScalingNormalUniformFanInInitScheme('c', 300),
                new VarScalingNormalUniformFanOutInitScheme('c', 100))) {
            drawn.layer("new " + scheme.getClass().getSimpleName() + "(order, fan)", "D", () -> List.of(
                new Drawn.Tensor("weight", new long[] {300, 100}, values(scheme.create(DataType.FLOAT, 300, 100)))));
        }
        drawn.network("DenseLayer, Activation.RELU", Dl4j::outputs);
    }
}
