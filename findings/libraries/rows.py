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
CUT = 0.87962566  # the std of N(0, 1) cut at 2
SCALES = {1: '1', 2: '2', 1 / 3: '1/3'}  # LeCun and Glorot, He, and the default of PyTorch's layers
WIDENED = {1 / CUT**2: '1.2925'}  # 1, widened for a cut at two standard deviations that was not made
PRELU = {2 / (1 + 0.25**2): '2/(1 + 0.25^2)'}  # He's for the slope that a PReLU starts from
RARE_SCALES = {2: '2', 1 / 2: '1/2', 1 / 6: '1/6', 2 / 3: '2/3', 3: '3', 6: '6'}


def number(value):
    """A number as the tables have it: six digits."""
    return f'{value + 0:.6g}'  # no negative zero


def is_orthogonal(matrices):
    """Whether the rows or the columns of each matrix are orthonormal up to a factor."""
    if min(matrices.shape[1:]) < 2:
        return False
    if matrices.shape[1] > matrices.shape[2]:
        matrices = matrices.swapaxes(1, 2)
    products = matrices @ matrices.swapaxes(1, 2)
    return np.abs(products / products[:, :1, :1] - np.eye(products.shape[1])).max() < 1e-3


def orthogonality(draw):
    """'orthogonal', of the tensor as a matrix, its rows or its columns; or of each kernel by itself; '' if neither."""
    if draw.ndim < 2 or draw.size > 1e6:
        return ''
    if draw.ndim > 2 and is_orthogonal(draw.reshape(-1, *draw.shape[-2:])):
        return 'orthogonal kernels'
    whole = is_orthogonal(draw.reshape(1, draw.shape[0], -1)) or is_orthogonal(draw.reshape(1, -1, draw.shape[-1]))
    return 'orthogonal' if whole else ''


def moments(values):
    """Standard deviation and kurtosis."""
    centred = values - values.mean()
    variance = np.square(centred).mean()
    return math.sqrt(variance), np.square(np.square(centred)).mean() / variance**2


def distribution(values, draw):
    """The name of the distribution, by kurtosis and by the largest value."""
    if (values == values[0]).all():
        return 'zeros' if values[0] == 0 else 'constant'
    zeros = (values == 0).mean()
    if zeros > 0.01:
        rest = values[values != 0]
        return f'{zeros:.4g} zeros, rest {distribution(rest, rest)}'
    if orthogonality(draw):
        return orthogonality(draw)
    std, kurtosis = moments(values)
    reach = np.abs(values - values.mean()).max() / std
    error = math.sqrt(24 / len(values))
    # Four standard errors of the mean, 1 / sqrt(n) std each, and of the std, 0.447 / sqrt(n); 0.02 is for low precision.
    if abs(kurtosis - 1.8) < 6 * error and abs(reach - math.sqrt(3)) < max(0.02, 7.1 / math.sqrt(len(values))):
        return 'uniform'
    if abs(kurtosis - 3) < 6 * error:
        return 'normal'
    if abs(kurtosis - 2.3653) < 6 * error and abs(reach - 2 / CUT) < 0.02:
        return 'normal cut at 2'
    return f'other, kurtosis {kurtosis:.4g}'


def equivalent(layer, shape, values, named, fixed=False):
    """The rule that gives this std, the likeliest first: a usual scale / a true fan, a round figure, a usual scale / what
    libraries take for a fan (a product of sizes of the stored shape, or the mean of two such products), a rare scale / a
    true fan (2/3 and 1/3: the std was taken for the bound). Of a distribution that ends, its end tells the std far more
    closely than the values' own std does.

    named: the distribution; fixed: the library draws alike whatever the sizes, so a fan that fits does so by chance."""
    if (values == values[0]).all():
        return '-'
    std, kurtosis = moments(values)
    below = above = 4 * math.sqrt((kurtosis - 1) / (4 * len(values)))  # four standard errors
    unnamed = f'std {number(std)}'
    if abs(values.mean()) > 0.05 * std or below > 0.02:  # no rule draws that; too uncertain for any
        return unnamed
    is_uniform, is_cut, end = named == 'uniform', named == 'normal cut at 2', np.abs(values).max()
    if named.startswith('orthogonal'):
        below = above = 1e-3  # its sum of squares is no chance
    elif len(np.unique(values[:1000])) > 990:  # no numbers of 16 bits, whose ends are rounded
        # the largest of n values falls short of the end by about 1/n, or by 1 / (n * density at the end): ten times that
        if is_uniform:
            std, below, above = end / math.sqrt(3), 10 / len(values), 1e-6
        elif is_cut:
            std, below, above = end / 2 * CUT, 45 / len(values), 1e-6
    fans, average = {}, {}
    if layer in FANS:
        fan_in, fan_out = FANS[layer]
        fans = {fan_in: f'fan_in {fan_in}'}
        fans.setdefault(fan_out, f'fan_out {fan_out}')
        average = {(fan_in + fan_out) / 2: f'fan_avg {(fan_in + fan_out) / 2:g}'}
    products = sorted({math.prod(some) for n in range(1, len(shape) + 1) for some in combinations(shape, n)})
    read_off = {product: f'fan {product}' for product in products}
    averages = {(a + b) / 2: f'fan_avg of {a} and {b}' for a, b in combinations(products, 2)}

    def is_near(value, rule):
        return -above < 1 - value / rule < below

    def rule(std, scales, fans):
        """All that fit: 1/3 / fan_out is 1 / fan_in where there are three inputs a unit."""
        found = [f'{written} / {name}' for scale, written in scales.items() for fan, name in fans.items()
                 if (scale != 1 / 3 or is_uniform) and is_near(std, math.sqrt(scale / fan))]
        return f'Var = {" or ".join(found)}' if found else None

    def round_figure(std):
        for name, value, figures in (('std', std, '125'), ('bound', end if is_uniform else 0, '123456789')):
            rounded = f'{value:.0e}'
            if rounded[0] in figures and is_near(value, float(rounded)):
                return f'{name} {number(float(rounded))}'
        return None

    def likely(std):
        return (not fixed and (rule(std, SCALES, fans) or rule(std, {1: '1'}, average))) or round_figure(std)

    def unlikely(std):
        return (rule(std, SCALES, read_off) or rule(std, {**WIDENED, 2 / 3: '2/3'}, fans) or
                rule(std, PRELU, average) or rule(std, {1: '1'}, averages) or rule(std, {1 / 3: '1/3'}, average) or
                rule(std, RARE_SCALES, {**fans, **average}))

    # a library that cuts N(0, std) may widen it before, or not
    for names in (likely,) if fixed else (likely, unlikely):
        for factor, note in ((1, ''), (1 / CUT, ', before the cut')) if is_cut else ((1, ''),):
            found = names(std * factor)
            if found:
                return found + note
    return unnamed


def table(language, library, version):
    """Writes rows of one library to standard output: gives the functions `tensor` and `network`.

    The version is what the library itself says that it is."""
    date = os.environ['DATE']

    def tensor(call, layer, name, draw, least=LEAST_VALUES, fixed=False):
        """A row: what `draw()`, called again and again, gives: arrays of one shape, at least 200,000 values in all.

        2,000 are enough where all are the same; the caller asks for fewer where it makes layers slowly.
        call: as a user writes it; layer: a key of FANS, or 'other'; name: of the tensor in the library; fixed: whether the
        library draws alike whatever the sizes."""
        draws, count, varies = [], 0, False
        while count < (least if varies else LEAST_CONSTANTS):
            draws.append(np.asarray(draw(), dtype=np.float64))
            count += draws[-1].size
            varies = varies or bool((draws[-1] != draws[0].flat[0]).any())
        values = np.concatenate([array.ravel() for array in draws])
        shape = draws[0].shape
        named = distribution(values, draws[0])
        row = [language, library, version, date, call, layer, name, 'x'.join(map(str, shape)), len(values),
               number(values.mean()), number(values.std()), number(values.min()), number(values.max()),
               named, equivalent(layer, shape, values, named, fixed)]
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

    manifest.tsv: call, layer, tensor, shape as 300x100, file, and `fixed` where the library draws alike whatever the
    sizes: one line a tensor;
    the files: values as little-endian floats of 32 bits, draw after draw, as many as `tensor` asks for, or more;
    network.tsv: a line a seed: rms after each of the ten ReLU layers; its first line is the call."""
    tensor, network = table(language, library, version)
    with open(f'{folder}/manifest.tsv') as manifest:
        for line in manifest:
            call, layer, name, shape, file, *fixed = line.rstrip('\n').split('\t')
            sizes = [int(size) for size in shape.split('x')]
            values = np.fromfile(f'{folder}/{file}', dtype='<f4')
            draws = iter(values.reshape(-1, *sizes))
            tensor(call, layer, name, lambda: next(draws), least=len(values), fixed=bool(fixed))
    if os.path.exists(f'{folder}/network.tsv'):
        with open(f'{folder}/network.tsv') as lines:
            call = next(lines).strip()
            rms = [[float(value) for value in line.split()] for line in lines]
        # an array of one value has that value for its rms
        network(call, lambda seed: [[value] for value in rms[seed]])


if __name__ == '__main__':
    read_folder(*sys.argv[1:])
