"""equinox.py: what Equinox draws: its layers' defaults, and the initializers of JAX on its weights. It has none of its own."""
from itertools import count

import equinox as eqx
import jax
import jax.numpy as jnp  # noqa: F401 (named in a call)
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'Equinox', eqx.__version__)
keys = map(jax.random.key, count())

LAYERS = [  # kind, and the call that makes the layer
    ('D', 'eqx.nn.Linear(300, 100, key=key)'),
    ('D', 'eqx.nn.Linear(300, 100, dtype=jnp.bfloat16, key=key)'),
    ('C', 'eqx.nn.Conv2d(3, 8, 5, key=key)'),
    ('G', 'eqx.nn.Conv2d(32, 32, 3, groups=32, key=key)'),
    ('T', 'eqx.nn.ConvTranspose2d(16, 8, 4, key=key)'),
    ('E', 'eqx.nn.Embedding(1000, 64, key=key)'),
    ('R', 'eqx.nn.LSTMCell(32, 64, key=key)'),
    ('R', 'eqx.nn.GRUCell(32, 64, key=key)'),
    ('N', 'eqx.nn.MultiheadAttention(4, 64, key=key)'),
    ('N', 'eqx.nn.MultiheadAttention(4, 64, use_query_bias=True, key=key)'),
    ('other', 'eqx.nn.WeightNorm(eqx.nn.Linear(300, 100, key=key))'),
]
INITIALIZERS = [  # kind, initializer of JAX, and the layer whose weight it replaces
    ('D', 'jax.nn.initializers.he_normal()', 'eqx.nn.Linear(300, 100, key=key)'),
    ('C', 'jax.nn.initializers.he_normal()', 'eqx.nn.Conv2d(3, 8, 5, key=key)'),
    ('D', 'jax.nn.initializers.he_normal(in_axis=1, out_axis=0)', 'eqx.nn.Linear(300, 100, key=key)'),
    ('C', 'jax.nn.initializers.he_normal(in_axis=1, out_axis=0)', 'eqx.nn.Conv2d(3, 8, 5, key=key)'),
]


def make(call):
    return eval(call, globals(), {'key': next(keys)})


def arrays(layer):
    """The arrays of a layer, by name."""
    return {jax.tree_util.keystr(path)[1:]: leaf for path, leaf in jax.tree_util.tree_leaves_with_path(layer)
            if eqx.is_array(leaf)}


for kind, call in LAYERS:
    for name in arrays(make(call)):
        tensor(call, kind, name, lambda: arrays(make(call))[name].astype('float32'))
for kind, call, layer in INITIALIZERS:
    shape = make(layer).weight.shape
    tensor(f'{call}(key, {layer.split("(")[0]}.weight.shape)', kind, 'weight', lambda: eval(call)(next(keys), shape))


def outputs(seed):
    a = inputs(seed)
    for key in jax.random.split(jax.random.key(seed), DEPTH):
        a = jax.nn.relu(jax.vmap(eqx.nn.Linear(WIDTH, WIDTH, key=key))(a))
        yield a


network('eqx.nn.Linear, jax.nn.relu', outputs)
