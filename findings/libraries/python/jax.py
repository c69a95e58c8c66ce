"""jax.py: what jax.nn.initializers draw for a dense layer, a convolution and a depthwise convolution, in float32 and in
bfloat16. JAX has no layers, so there is no network.
"""
from itertools import count

import jax
import jax.numpy as jnp  # noqa: F401 (named in a call)
from rows import table

tensor, _ = table('Python', 'JAX', jax.__version__)
keys = map(jax.random.key, count())

SHAPES = {'D': (300, 100), 'C': (5, 5, 3, 8), 'G': (3, 3, 1, 32)}
NAMES = ['lecun_normal', 'lecun_uniform', 'glorot_normal', 'glorot_uniform', 'he_normal', 'he_uniform', 'normal',
         'uniform', 'truncated_normal', 'orthogonal', 'zeros', 'ones']
CALLS = [f'jax.nn.initializers.{name}' + ('' if name in ('zeros', 'ones') else '()') for name in NAMES]
MORE = [  # kind, call, shape
    ('D', "jax.nn.initializers.variance_scaling(1, 'fan_in', 'truncated_normal')", (300, 100)),
    ('D', "jax.nn.initializers.variance_scaling(1, 'fan_in', 'normal')", (300, 100)),
    ('D', "jax.nn.initializers.variance_scaling(1, 'fan_geo_avg', 'uniform')", (300, 100)),
    ('D', 'jax.nn.initializers.truncated_normal(0.02, lower=-1, upper=1)', (300, 100)),
    ('R', 'jax.nn.initializers.orthogonal()', (64, 256)),
    ('other', 'jax.nn.initializers.orthogonal(column_axis=0)', (8, 75)),
    ('C', 'jax.nn.initializers.delta_orthogonal()', (5, 5, 3, 8)),
    ('other', 'jax.nn.initializers.lecun_normal()', (12, 300, 100)),
    ('other', 'jax.nn.initializers.lecun_normal(batch_axis=0)', (12, 300, 100)),
    ('N', 'jax.nn.initializers.glorot_normal(in_axis=(0, 1), out_axis=2)', (4, 16, 64)),
    ('N', 'jax.nn.initializers.glorot_uniform()', (64, 4, 16)),
]


def draws(kind, call, shape, dtype=None):
    """A row of what an initializer draws, in float32 unless told otherwise."""
    initialize = eval(call)
    options = f', {dtype}' if dtype else ''
    tensor(f'{call}(key, {shape}{options})', kind, 'values',
           lambda: initialize(next(keys), shape, *([eval(dtype)] if dtype else [])).astype('float32'))


for call in CALLS:
    for kind, shape in SHAPES.items():
        draws(kind, call, shape)
for row in MORE:
    draws(*row)
for call in CALLS:
    if 'orthogonal' not in call:  # JAX has no QR of bfloat16
        draws('D', call, SHAPES['D'], 'jnp.bfloat16')
for name in ('normal', 'uniform', 'truncated_normal'):
    limits = '-2, 2, ' if name == 'truncated_normal' else ''
    for dtype in ('jnp.float32', 'jnp.bfloat16', 'jnp.float16'):
        call = f'jax.random.{name}(key, {limits}shape=(1000, 1000), dtype={dtype})'
        tensor(call, 'other', 'values', lambda: eval(call, globals(), {'key': next(keys)}).astype('float32'))


def shapes_difference():
    """Zeros where one key gives the same numbers at two shapes."""
    key = next(keys)
    return (jax.random.normal(key, (100, 300)).ravel() - jax.random.normal(key, (300, 100)).ravel())


tensor('jax.random.normal(key, (300, 100)) and (100, 300)', 'other', 'values of the second less those of the first',
       shapes_difference)
