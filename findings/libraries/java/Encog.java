// Encog.java: what Encog draws: what reset() gives to networks of each activation, and its randomizers.
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.encog.engine.network.activation.ActivationElliott;
import org.encog.engine.network.activation.ActivationFunction;
import org.encog.engine.network.activation.ActivationLinear;
import org.encog.engine.network.activation.ActivationReLU;
import org.encog.engine.network.activation.ActivationSigmoid;
import org.encog.engine.network.activation.ActivationTANH;
import org.encog.mathutil.randomize.FanInRandomizer;
import org.encog.mathutil.randomize.GaussianRandomizer;
import org.encog.mathutil.randomize.NguyenWidrowRandomizer;
import org.encog.mathutil.randomize.RangeRandomizer;
import org.encog.mathutil.randomize.XaiverRandomizer;
import org.encog.ml.data.basic.BasicMLData;
import org.encog.neural.networks.BasicNetwork;
import org.encog.neural.networks.layers.BasicLayer;

public final class Encog {
    private static int seed = 0;

    private static BasicNetwork network(ActivationFunction input, ActivationFunction activation, int... sizes) {
        BasicNetwork network = new BasicNetwork();
        network.addLayer(new BasicLayer(input, true, sizes[0]));
        for (int i = 1; i < sizes.length; i++) {
            network.addLayer(new BasicLayer(activation, i < sizes.length - 1, sizes[i]));
        }
        network.getStructure().finalizeStructure();
        return network;
    }

    /** Weights (300, 100) and biases of the first layer. */
    private static List<Drawn.Tensor> tensors(BasicNetwork network) {
        float[] weights = new float[300 * 100];
        float[] biases = new float[100];
        for (int to = 0; to < 100; to++) {
            for (int from = 0; from < 300; from++) {
                weights[from * 100 + to] = (float) network.getWeight(0, from, to);
            }
            biases[to] = (float) network.getWeight(0, 300, to);
        }
        return List.of(new Drawn.Tensor("weights", new long[] {300, 100}, weights),
            new Drawn.Tensor("biases", new long[] {100}, biases));
    }

    private static List<Drawn.Tensor> randomized(ActivationFunction input, ActivationFunction activation,
            Consumer<BasicNetwork> randomizer) {
        BasicNetwork network = network(input, activation, 300, 100, 100);
        randomizer.accept(network);
        return tensors(network);
    }

    private static List<float[]> outputs(int seed) {
        int[] sizes = new int[Drawn.DEPTH + 1];
        java.util.Arrays.fill(sizes, Drawn.WIDTH);
        BasicNetwork network = network(null, new ActivationReLU(), sizes);
        network.reset();
        float[] inputs = Drawn.inputs(seed);
        List<float[]> layers = new ArrayList<>();
        for (int layer = 0; layer < Drawn.DEPTH; layer++) {
            layers.add(new float[Drawn.BATCH * Drawn.WIDTH]);
        }
        for (int row = 0; row < Drawn.BATCH; row++) {
            double[] input = new double[Drawn.WIDTH];
            for (int unit = 0; unit < Drawn.WIDTH; unit++) {
                input[unit] = inputs[row * Drawn.WIDTH + unit];
            }
            network.compute(new BasicMLData(input));
            for (int layer = 0; layer < Drawn.DEPTH; layer++) {
                for (int unit = 0; unit < Drawn.WIDTH; unit++) {
                    layers.get(layer)[row * Drawn.WIDTH + unit] = (float) network.getLayerOutput(layer + 1, unit);
                }
            }
        }
        return layers;
    }

    public static void main(String[] args) throws Exception {
        Map<String, ActivationFunction> activations = new TreeMap<>(Map.of("Sigmoid", new ActivationSigmoid(), "TANH",
            new ActivationTANH(), "Elliott", new ActivationElliott(), "ReLU", new ActivationReLU(), "Linear", new ActivationLinear()));
        Map<String, Consumer<BasicNetwork>> randomizers = new TreeMap<>(Map.of(
            "reset()", BasicNetwork::reset,
            "reset(seed)", network -> network.reset(++seed), // one seed always gives the same weights
            "new XaiverRandomizer().randomize", new XaiverRandomizer()::randomize,
            "new NguyenWidrowRandomizer().randomize", new NguyenWidrowRandomizer()::randomize,
            "new FanInRandomizer().randomize", new FanInRandomizer()::randomize,
            "new GaussianRandomizer(0, 1).randomize", new GaussianRandomizer(0, 1)::randomize,
            "new RangeRandomizer(-1, 1).randomize", new RangeRandomizer(-1, 1)::randomize));
        Drawn drawn = new Drawn(args[0]);
        for (String randomizer : randomizers.keySet()) {
            boolean looksAtActivation = !randomizer.matches(".*(Range|Gaussian|FanIn|seed).*");
            for (String activation : looksAtActivation ? activations.keySet() : List.of("Sigmoid")) {
                String call = randomizer + ", Activation" + activation;
                ActivationFunction function = activations.get(activation);
                drawn.layer(call, "D", () -> randomized(null, function, randomizers.get(randomizer)));
                if (looksAtActivation) { // also at that of the input layer, which computes nothing
                    drawn.layer(call + " in the input layer too", "D",
                        () -> randomized(function, function, randomizers.get(randomizer)));
                }
            }
        }
        drawn.network("reset(), ActivationReLU", Encog::outputs);
    }
}
