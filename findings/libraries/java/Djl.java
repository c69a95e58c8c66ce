// Djl.java: what DJL draws, with PyTorch as its engine: its blocks' defaults, and its initializers on a dense block and a convolution.
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv2dTranspose;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.initializer.TruncatedNormalInitializer;
import ai.djl.training.initializer.UniformInitializer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.RandomType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

public final class Djl {
    private record Entry(String kind, String call, Supplier<Block> block, Shape input) {}

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final List<Entry> BLOCKS = List.of(
        new Entry("D", "Linear.builder().setUnits(100)", () -> Linear.builder().setUnits(100).build(), new Shape(1, 300)),
        new Entry("C", "Conv2d.builder().setFilters(8).setKernelShape(new Shape(5, 5))",
            () -> Conv2d.builder().setFilters(8).setKernelShape(new Shape(5, 5)).build(), new Shape(1, 3, 5, 5)),
        new Entry("G", "Conv2d.builder().setFilters(32).setKernelShape(new Shape(3, 3)).optGroups(32)",
            () -> Conv2d.builder().setFilters(32).setKernelShape(new Shape(3, 3)).optGroups(32).build(), new Shape(1, 32, 3, 3)),
        new Entry("T", "Conv2dTranspose.builder().setFilters(8).setKernelShape(new Shape(4, 4))",
            () -> Conv2dTranspose.builder().setFilters(8).setKernelShape(new Shape(4, 4)).build(), new Shape(1, 16, 4, 4)),
        new Entry("E", "new IdEmbedding.Builder().setDictionarySize(1000).setEmbeddingSize(64)",
            () -> new IdEmbedding.Builder().setDictionarySize(1000).setEmbeddingSize(64).build(), new Shape(1)),
        new Entry("R", "LSTM.builder().setNumLayers(1).setStateSize(64)",
            () -> LSTM.builder().setNumLayers(1).setStateSize(64).build(), new Shape(1, 1, 32)),
        new Entry("N", "ScaledDotProductAttentionBlock.builder().setEmbeddingSize(64).setHeadCount(4)",
            () -> ScaledDotProductAttentionBlock.builder().setEmbeddingSize(64).setHeadCount(4).build(), new Shape(1, 1, 64)),
        new Entry("other", "GRU.builder().setNumLayers(1).setStateSize(64)",
            () -> GRU.builder().setNumLayers(1).setStateSize(64).build(), new Shape(1, 1, 32)));

    /** The magnitudes of LeCun and He: variance 1 / fan and 2 / fan. */
    private static final Map<RandomType, List<Integer>> XAVIER = Map.of(RandomType.UNIFORM, List.of(3, 6), RandomType.GAUSSIAN, List.of(1, 2));

    private static Map<String, Initializer> initializers() {
        Map<String, Initializer> all = new LinkedHashMap<>();
        all.put("new XavierInitializer()", new XavierInitializer());
        for (XavierInitializer.FactorType factor : XavierInitializer.FactorType.values()) {
            XAVIER.forEach((random, magnitudes) -> magnitudes.forEach(magnitude -> all.put(
                String.format("new XavierInitializer(%s, %s, %df)", random, factor, magnitude),
                new XavierInitializer(random, factor, magnitude))));
        }
        all.put("new NormalInitializer()", new NormalInitializer());
        all.put("new UniformInitializer()", new UniformInitializer());
        all.put("new TruncatedNormalInitializer()", new TruncatedNormalInitializer());
        all.put("new TruncatedNormalInitializer(1f)", new TruncatedNormalInitializer(1f));
        all.put("new ConstantInitializer(0.5f)", new ConstantInitializer(0.5f));
        return all;
    }

    private static List<Drawn.Tensor> parameters(Block block, Shape input, DataType type) {
        try (NDManager manager = MANAGER.newSubManager()) {
            block.initialize(manager, type, input);
            List<Drawn.Tensor> tensors = new ArrayList<>();
            for (var parameter : block.getParameters()) {
                NDArray array = parameter.getValue().getArray();
                tensors.add(new Drawn.Tensor(parameter.getKey(), array.getShape().getShape(), values(array)));
            }
            return tensors;
        }
    }

    private static float[] values(NDArray array) {
        return array.toType(DataType.FLOAT32, false).toFloatArray();
    }

    private static List<float[]> outputs(int seed) {
        Engine.getInstance().setRandomSeed(seed);
        try (NDManager manager = MANAGER.newSubManager()) {
            NDArray a = manager.create(Drawn.inputs(seed), new Shape(Drawn.BATCH, Drawn.WIDTH));
            List<float[]> layers = new ArrayList<>();
            for (int i = 0; i < Drawn.DEPTH; i++) {
                Block layer = Linear.builder().setUnits(Drawn.WIDTH).build();
                layer.initialize(manager, DataType.FLOAT32, a.getShape());
                a = Activation.relu(layer.forward(new ParameterStore(manager, false), new NDList(a), false).singletonOrThrow());
                layers.add(a.toFloatArray());
            }
            return layers;
        }
    }

    public static void main(String[] args) throws Exception {
        Engine.getInstance().setRandomSeed(1);
        Drawn drawn = new Drawn(args[0]);
        for (Entry entry : BLOCKS) {
            drawn.layer(entry.call, entry.kind, () -> parameters(entry.block.get(), entry.input, DataType.FLOAT32));
        }
        for (DataType type : List.of(DataType.FLOAT16, DataType.FLOAT64)) {
            Entry dense = BLOCKS.get(0);
            drawn.layer(dense.call + ", DataType." + type.name(), "D", () -> parameters(dense.block.get(), dense.input, type));
        }
        for (Map.Entry<String, Initializer> initializer : initializers().entrySet()) {
            for (Entry entry : BLOCKS.subList(0, 2)) {
                drawn.layer("setInitializer(" + initializer.getKey() + ", Parameter.Type.WEIGHT)", entry.kind, () -> {
                    Block block = entry.block.get();
                    block.setInitializer(initializer.getValue(), Parameter.Type.WEIGHT);
                    return parameters(block, entry.input, DataType.FLOAT32).subList(0, 1); // the biases stay zero
                });
            }
        }
        drawn.network("Linear, Activation.relu", Djl::outputs);
    }
}
