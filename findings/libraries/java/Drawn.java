// Drawn.java: writes what a Java library draws to a folder that rows.py reads. It computes no statistics, apart from the
// rms of a network's layers. No library is named here.
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

final class Drawn {
    static final int DEPTH = 10; // the network: ReLU layers on inputs N(0, 1)
    static final int WIDTH = 256;
    static final int BATCH = 256;
    private static final int SEEDS = 20;
    private static final int LEAST_VALUES = 200_000;
    private static final int LEAST_CONSTANTS = 2_000; // where all values are the same

    /** One draw of a tensor. */
    record Tensor(String name, long[] shape, float[] values) {}

    private final Path folder;
    private final StringBuilder manifest = new StringBuilder();
    private int files;

    Drawn(String folder) {
        this.folder = Path.of(folder);
    }

    /**
     * Makes a layer again and again, until each of its tensors has enough values. Every layer must have the same tensors.
     * call: as a user writes it; layer: a key of FANS in rows.py, or "other".
     */
    void layer(String call, String layer, Supplier<List<Tensor>> make) throws IOException {
        List<Tensor> first = make.get();
        List<List<float[]>> draws = first.stream().map(tensor -> new ArrayList<>(List.of(tensor.values))).collect(Collectors.toList());
        while (!draws.stream().allMatch(Drawn::enough)) {
            List<Tensor> more = make.get();
            for (int i = 0; i < draws.size(); i++) {
                if (!enough(draws.get(i))) {
                    draws.get(i).add(more.get(i).values);
                }
            }
        }
        for (int i = 0; i < draws.size(); i++) {
            String shape = LongStream.of(first.get(i).shape).mapToObj(Long::toString).collect(Collectors.joining("x"));
            String file = files++ + ".f32";
            manifest.append(String.join("\t", call, layer, first.get(i).name, shape, file)).append('\n');
            Files.write(folder.resolve(file), bytes(draws.get(i)));
        }
        Files.writeString(folder.resolve("manifest.tsv"), manifest);
    }

    /** outputs: of a seed, the values of the ten ReLU layers, BATCH x WIDTH each, for inputs drawn from N(0, 1). */
    void network(String call, Function<Integer, List<float[]>> outputs) throws IOException {
        StringBuilder lines = new StringBuilder(call + "\n");
        for (int seed = 0; seed < SEEDS; seed++) {
            lines.append(outputs.apply(seed).stream().map(Drawn::rms).collect(Collectors.joining(" "))).append('\n');
        }
        Files.writeString(folder.resolve("network.tsv"), lines);
    }

    /** Inputs of the network: BATCH x WIDTH numbers from N(0, 1). */
    static float[] inputs(int seed) {
        Random random = new Random(seed);
        float[] values = new float[BATCH * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static boolean enough(List<float[]> draws) {
        float first = draws.get(0)[0];
        int count = draws.stream().mapToInt(values -> values.length).sum();
        for (float[] values : draws) {
            for (float value : values) {
                if (value != first) {
                    return count >= LEAST_VALUES;
                }
            }
        }
        return count >= LEAST_CONSTANTS;
    }

    private static byte[] bytes(List<float[]> draws) {
        int count = draws.stream().mapToInt(values -> values.length).sum();
        ByteBuffer buffer = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] values : draws) {
            for (float value : values) {
                buffer.putFloat(value);
            }
        }
        return buffer.array();
    }

    private static String rms(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Double.toString(Math.sqrt(sum / values.length));
    }
}
