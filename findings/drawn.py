"""drawn.py LIBRARY: which values a library draws in bfloat16, as rows of tests/reference/drawn.tsv. Run by drawn.sh.

It draws by the library's own calls, and knows nothing of how they work. Values are printed as the bits of bfloat16, in hex,
in ascending order of the values. It prints no values of which so few are drawn that the next run would miss some.
"""

import sys

import numpy as np

OUT = 1000
FANS = 300, 784, 2048
BOUNDS = 0.02, 0.0358, 1.0, 1.0038


def row(library, call, scheme, fan_in, drawn, most=None):
    """most: print only values of at least 3/4 of this size; None: all"""
    values, counts = np.unique(np.asarray(drawn, np.float32).ravel(), return_counts=True)
    kept = values if most is None else values[np.abs(values) >= 0.75 * most]
    bits = ' '.join(f'{bit >> 16:04x}' for bit in kept.view(np.uint32))
    share = counts[0] / counts.sum()
    print(library, call, scheme, fan_in, OUT, counts.sum(), f'{share:.6g}', bits, sep='\t')


def draw_jax():
    import jax
    import jax.numpy as jnp
    from jax.nn import initializers as init

    key, bf16 = jax.random.key(0), jnp.bfloat16
    by_fan = [
        ('he_normal()', 'he-truncated', init.he_normal()),
        ('lecun_normal()', 'lecun-truncated', init.lecun_normal()),
        ('glorot_uniform()', 'xavier-uniform', init.glorot_uniform()),
        ('he_uniform()', 'he-uniform', init.he_uniform()),
        ('variance_scaling(2, "fan_in", "normal")', 'he-normal', init.variance_scaling(2.0, 'fan_in', 'normal')),
        ('variance_scaling(1/3, "fan_in", "uniform")', 'pytorch-default', init.variance_scaling(1 / 3, 'fan_in', 'uniform')),
    ]
    for call, scheme, initializer in by_fan:
        for fan_in in FANS:
            row('jax', call, scheme, fan_in, initializer(key, (fan_in, OUT), bf16))
    shape = FANS[0], OUT
    row('jax', 'normal(0.02)', 'normal=0.02', shape[0], init.normal(0.02)(key, shape, bf16))
    for cut in 0.5, 2, 3, 5:
        drawn = init.truncated_normal(0.02, lower=-cut, upper=cut)(key, shape, bf16)
        row('jax', f'truncated_normal(0.02, lower=-{cut}, upper={cut})', f'truncated-raw(0.02,cut={cut})', shape[0], drawn)
    for bound in BOUNDS:
        row('jax', f'uniform({bound})', f'uniform-positive={bound}', shape[0], init.uniform(bound)(key, shape, bf16))
        drawn = jax.random.uniform(key, shape, bf16, -bound, bound)
        row('jax', f'jax.random.uniform(minval=-{bound}, maxval={bound})', f'uniform={bound}', shape[0], drawn)


def draw_pytorch():
    import torch
    from torch.nn import init

    torch.manual_seed(0)
    numpy_of = lambda tensor: tensor.detach().float().numpy()
    for fan_in in FANS:
        layer = torch.nn.Linear(fan_in, OUT, dtype=torch.bfloat16)
        row('pytorch', 'nn.Linear', 'pytorch-default', fan_in, numpy_of(layer.weight), fan_in**-0.5)
        weight = torch.empty(OUT, fan_in, dtype=torch.bfloat16)
        bound = (6 / (fan_in + OUT)) ** 0.5
        row('pytorch', 'xavier_uniform_', 'xavier-uniform', fan_in, numpy_of(init.xavier_uniform_(weight)), bound)
    weight = torch.empty(OUT, FANS[-1], dtype=torch.bfloat16)
    for bound in BOUNDS:
        drawn = numpy_of(init.uniform_(weight, -bound, bound))
        row('pytorch', f'uniform_(-{bound}, {bound})', f'uniform={bound}', FANS[-1], drawn, bound)
        drawn = numpy_of(init.uniform_(weight, 0, bound))
        row('pytorch', f'uniform_(0, {bound})', f'uniform-positive={bound}', FANS[-1], drawn, bound)


def draw_tinygrad():
    from tinygrad import Tensor, dtypes, nn

    Tensor.manual_seed(1)
    numpy_of = lambda tensor: tensor.realize().cast(dtypes.float32).numpy()
    for fan_in in FANS:
        row('tinygrad', 'nn.Linear', 'pytorch-default', fan_in, numpy_of(nn.Linear(fan_in, OUT).weight))
        row('tinygrad', 'glorot_uniform', 'xavier-uniform', fan_in, numpy_of(Tensor.glorot_uniform(OUT, fan_in)))
        row('tinygrad', 'kaiming_uniform(a=0)', 'he-uniform', fan_in, numpy_of(Tensor.kaiming_uniform(OUT, fan_in, a=0)))
    for bound in BOUNDS:
        drawn = numpy_of(Tensor.uniform(OUT, FANS[0], high=bound))
        row('tinygrad', f'uniform(high={bound})', f'uniform-positive={bound}', FANS[0], drawn)


{'jax': draw_jax, 'pytorch': draw_pytorch, 'tinygrad': draw_tinygrad}[sys.argv[1]]()
