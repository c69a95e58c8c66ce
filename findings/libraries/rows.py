"""rows.py: writes what a library drew as rows of tests/reference/libraries.tsv, and its network as a row of
tests/reference/library-networks.tsv. No library is named here.

A program in Python calls `tensor` and `network`. A program in another language writes a folder, and measure.sh runs
this file on it: see `read_folder`. All statistics are computed here, in double precision.
"""
import math
import os
import sys
from itertools import combinations

import numpy as np

LEAST_VALUES = 200_000
LEAST_CONSTANTS = 2_000  # where all values are the same
SEEDS = 20  # networks whose rms is averaged
DEPTH, WIDTH, BATCH = 10, 256, 256  # the network: ReLU layers on inputs N(0, 1)

# fan_in and fan_out of each kind of layer, as the text-books count them
FANS = {
    'D': (300, 100),  # dense, 300 inputs and 100 units
    'C': (75, 200),  # convolution, 5 x 5, 3 to 8 channels
    'G': (9, 9),  # depthwise convolution, 3 x 3, 32 channels
    'T': (256, 128),  # transposed convolution, 4 x 4, 16 to 8 channels
    'E': (1000, 64),  # embedding, 1,000 words
    'R': (32, 64),  # LSTM, 32 inputs and 64 units
    'N': (64, 64),  # attention, 64 wide, 4 heads
}
SCALES = {1 / 3: '1/3', 1: '1', 2: '2', 0.5: '1/2', 1 / 6: '1/6', 2 / 3: '2/3', 3: '3', 6: '6'}


def number(value):
    """A number as the tables have it: six digits."""
    return f'{value:.6g}'


def is_orthogonal(draw):
    """Whether the rows or the columns of a matrix are orthonormal up to a factor; a kernel counts as a matrix both ways."""
    for matrix in (draw.reshape(draw.shape[0], -1), draw.reshape(-1, draw.shape[-1])):
        if min(matrix.shape) < 2:
            continue
        matrix = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
        product = matrix @ matrix.T
        if np.abs(product / product[0, 0] - np.eye(len(product))).max() < 1e-3:
            return True
    return False


def distribution(values, draw):
    """The name of the distribution, by kurtosis and by the largest value."""
    std = values.std()
    if std == 0:
        return 'zeros' if values[0] == 0 else 'constant'
    if draw.ndim > 1 and draw.size < 1e6 and is_orthogonal(draw):
        return 'orthogonal'
    centred = values - values.mean()
    kurtosis = (centred**4).mean() / std**4
    reach = np.abs(centred).max() / std
    error = math.sqrt(24 / len(values))
    if abs(kurtosis - 1.8) < 6 * error and abs(reach - math.sqrt(3)) < 0.02:
        return 'uniform'
    if abs(kurtosis - 3) < 6 * error:
        return 'normal'
    if abs(kurtosis - 2.3653) < 6 * error and abs(reach - 2 / 0.87962566) < 0.02:
        return 'normal cut at 2'
    return f'other, kurtosis {kurtosis:.4g}'


def equivalent(layer, shape, std, count):
    """The rule that gives this std, if one does within four standard errors: scale / fan. True fans come first, then
    products of sizes of the stored shape, which libraries take for fans."""
    if std == 0 or layer not in FANS:
        return '-'
    fan_in, fan_out = FANS[layer]
    fans = {fan_in: f'fan_in {fan_in}', fan_out: f'fan_out {fan_out}'}
    fans.setdefault((fan_in + fan_out) / 2, f'fan_avg {(fan_in + fan_out) / 2:g}')
    products = sorted({math.prod(some) for n in range(1, len(shape) + 1) for some in combinations(shape, n)})
    for product in products:
        fans.setdefault(product, f'fan {product}')
    for a, b in combinations(products, 2):
        fans.setdefault((a + b) / 2, f'fan_avg of {a} and {b}')
    for fan, name in fans.items():
        for scale, written in SCALES.items():
            if abs(std / math.sqrt(scale / fan) - 1) < 4 / math.sqrt(2 * count):
                return f'Var = {written} / {name}'
    return f'std {number(std)}'


def table(language, library, version):
    """Writes rows of one library to standard output: gives the functions `tensor` and `network`.

    The version is what the library itself says that it is."""
    date = os.environ['DATE']

    def tensor(call, layer, name, draw):
        """A row: what `draw()`, called again and again, gives: arrays of one shape, at least 200,000 values in all.

        2,000 are enough where all are the same.
        call: as a user writes it; layer: a key of FANS, or 'other'; name: of the tensor in the library."""
        draws, count, varies = [], 0, False
        while count < (LEAST_VALUES if varies else LEAST_CONSTANTS):
            draws.append(np.asarray(draw(), dtype=np.float64))
            count += draws[-1].size
            varies = varies or bool((draws[-1] != draws[0].flat[0]).any())
        values = np.concatenate([array.ravel() for array in draws])
        shape = draws[0].shape
        std = values.std()
        row = [language, library, version, date, call, layer, name, 'x'.join(map(str, shape)), len(values),
               number(values.mean()), number(std), number(values.min()), number(values.max()),
               distribution(values, draws[0]), equivalent(layer, shape, std, len(values))]
        print('tensor', *row, sep='\t', flush=True)

    def network(call, outputs):
        """A row of the network: rms after each of the ten ReLU layers, the mean of the seeds and its standard error.

        outputs(seed): the activations of the ten layers, each (256, 256), for inputs drawn from N(0, 1)."""
        rms = np.array([[np.sqrt(np.mean(np.square(np.asarray(a, dtype=np.float64)))) for a in outputs(seed)]
                        for seed in range(SEEDS)])
        means, errors = rms.mean(axis=0), rms.std(axis=0, ddof=1) / math.sqrt(SEEDS)
        print('network', language, library, version, date, call, *map(number, means), *map(number, errors), sep='\t',
              flush=True)

    return tensor, network


def inputs(seed):
    """Inputs of the network: (256, 256) numbers from N(0, 1), of 32 bits."""
    return np.random.default_rng(seed).standard_normal((BATCH, WIDTH), dtype=np.float32)


def read_folder(folder, language, library, version):
    """Writes the rows of a program in another language. Its folder holds:

    manifest.tsv: call, layer, tensor, shape as 300x100, file: one line a tensor;
    the files: values as little-endian floats of 32 bits, draw after draw, as many as `tensor` asks for;
    network.tsv: a line a seed: rms after each of the ten ReLU layers; its first line is the call."""
    tensor, network = table(language, library, version)
    with open(f'{folder}/manifest.tsv') as manifest:
        for line in manifest:
            call, layer, name, shape, file = line.rstrip('\n').split('\t')
            sizes = [int(size) for size in shape.split('x')]
            values = np.fromfile(f'{folder}/{file}', dtype='<f4')
            draws = iter(values.reshape(-1, *sizes))
            tensor(call, layer, name, lambda: next(draws))
    if os.path.exists(f'{folder}/network.tsv'):
        with open(f'{folder}/network.tsv') as lines:
            call = next(lines).strip()
            rms = [[float(value) for value in line.split()] for line in lines]
        # an array of one value has that value for its rms
        network(call, lambda seed: [[value] for value in rms[seed]])


if __name__ == '__main__':
    read_folder(*sys.argv[1:])
