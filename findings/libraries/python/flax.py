"""flax.py: what Flax draws: the defaults of its layers in linen and in nnx, and nnx's in bfloat16 and float16.

Its initializers are JAX's: see jax.py."""
from itertools import count

import flax
import jax
import jax.numpy as jnp
from flax import linen, nnx
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'Flax', flax.__version__)
keys = map(jax.random.key, count())
rngs = nnx.Rngs(1)

IMAGE = (1, 8, 8)  # a batch, rows and columns
LINEN = [  # kind, call, and the shape of its input
    ('D', 'linen.Dense(100)', (1, 300)),
    ('C', 'linen.Conv(8, (5, 5))', (*IMAGE, 3)),
    ('G', 'linen.Conv(32, (3, 3), feature_group_count=32)', (*IMAGE, 32)),
    ('T', 'linen.ConvTranspose(8, (4, 4))', (*IMAGE, 16)),
    ('T', 'linen.ConvTranspose(8, (4, 4), transpose_kernel=True)', (*IMAGE, 16)),
    ('E', 'linen.Embed(1000, 64)', (1,)),
    ('R', 'linen.LSTMCell(64)', (1, 32)),
    ('R', 'linen.OptimizedLSTMCell(64)', (1, 32)),
    ('N', 'linen.MultiHeadDotProductAttention(4)', (1, 7, 64)),
    ('N', "linen.Einsum((64, 4, 16), 'btd,dhk->bthk')", (1, 7, 64)),
    ('N', 'linen.DenseGeneral((4, 16), batch_dims=0)', (5, 7, 64)),
    ('C', "linen.ConvLocal(8, (5, 5), padding='SAME')", (*IMAGE, 3)),
    ('D', 'linen.WeightNorm(linen.Dense(100))', (1, 300)),
]
NNX = [  # kind, and the call that makes the layer
    ('D', 'nnx.Linear(300, 100, rngs=rngs)'),
    ('D', 'nnx.Linear(300, 100, param_dtype=jnp.bfloat16, rngs=rngs)'),
    ('D', 'nnx.Linear(300, 100, param_dtype=jnp.float16, rngs=rngs)'),
    ('D', 'nnx.Linear(300, 100, kernel_init=nnx.initializers.he_normal(), param_dtype=jnp.bfloat16, rngs=rngs)'),
    ('C', 'nnx.Conv(3, 8, (5, 5), rngs=rngs)'),
    ('G', 'nnx.Conv(32, 32, (3, 3), feature_group_count=32, rngs=rngs)'),
    ('T', 'nnx.ConvTranspose(16, 8, (4, 4), rngs=rngs)'),
    ('T', 'nnx.ConvTranspose(16, 8, (4, 4), transpose_kernel=True, rngs=rngs)'),
    ('E', 'nnx.Embed(1000, 64, rngs=rngs)'),
    ('E', 'nnx.Embed(1000, 64, param_dtype=jnp.bfloat16, rngs=rngs)'),
    ('R', 'nnx.LSTMCell(32, 64, rngs=rngs)'),
    ('R', 'nnx.OptimizedLSTMCell(32, 64, rngs=rngs)'),
    ('N', 'nnx.MultiHeadAttention(4, 64, rngs=rngs)'),
    ('N', 'nnx.LinearGeneral(64, (4, 16), rngs=rngs)'),
    ('N', 'nnx.LinearGeneral(64, (4, 16), batch_axis={0: 5}, rngs=rngs)'),
    ('N', "nnx.Einsum('btd,dhk->bthk', (64, 4, 16), (4, 16), rngs=rngs)"),
    ('other', 'nnx.LoRA(300, 8, 100, rngs=rngs)'),
    ('D', 'nnx.WeightNorm(nnx.Linear(300, 100, rngs=rngs), rngs=rngs)'),
]


def by_name(tree, separator='/'):
    """The arrays of a tree, as floats of 32 bits, by their path."""
    return {jax.tree_util.keystr(path, simple=True, separator=separator): leaf.astype('float32')
            for path, leaf in jax.tree_util.tree_leaves_with_path(tree)}


def starter(call, shape):
    """What draws the parameters of a linen layer; compiled, as it takes long otherwise."""
    layer = eval(call)
    x = jnp.zeros(shape, int if 'Embed' in call else float)
    first = [layer.initialize_carry(jax.random.key(0), shape)] if 'LSTM' in call else []
    init = jax.jit(lambda key: layer.init(key, *first, x)['params'])
    return lambda: by_name(init(next(keys)))


for kind, call, shape in LINEN:
    start = starter(call, shape)
    for name in start():
        tensor(call, kind, name, lambda: start()[name])
for kind, call in NNX:
    def make():
        return by_name(nnx.to_pure_dict(nnx.state(eval(call), nnx.Param)), '.')
    for name in make():
        tensor(call, kind, name, lambda: make()[name])


class Linen(linen.Module):
    """The network in linen; gives the activations of all layers."""

    @linen.compact
    def __call__(self, a):
        activations = []
        for _ in range(DEPTH):
            a = linen.relu(linen.Dense(WIDTH)(a))
            activations.append(a)
        return activations


def linen_outputs(seed):
    return Linen().init_with_output(jax.random.key(seed), inputs(seed))[0]


def nnx_outputs(seed):
    a, rngs = inputs(seed), nnx.Rngs(seed)
    for _ in range(DEPTH):
        a = nnx.relu(nnx.Linear(WIDTH, WIDTH, rngs=rngs)(a))
        yield a


network('linen.Dense, linen.relu', linen_outputs)
network('nnx.Linear, nnx.relu', nnx_outputs)
