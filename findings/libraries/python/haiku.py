"""haiku.py: what Haiku draws: its layers' defaults, and its initializers on the weights of a dense layer and of a
convolution."""
from itertools import count

import haiku as hk
import jax
import jax.numpy as jnp
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'Haiku', hk.__version__)
keys = map(jax.random.key, count())

IMAGE = (1, 8, 8)  # a batch, rows and columns
LAYERS = [  # kind, call, and the shape of its input
    ('D', 'hk.Linear(100)', (1, 300)),
    ('C', 'hk.Conv2D(8, 5)', (*IMAGE, 3)),
    ('G', 'hk.DepthwiseConv2D(1, 3)', (*IMAGE, 32)),
    ('G', 'hk.Conv2D(32, 3, feature_group_count=32)', (*IMAGE, 32)),
    ('T', 'hk.Conv2DTranspose(8, 4)', (*IMAGE, 16)),
    ('T', "hk.Conv2DTranspose(8, 4, w_init=hk.initializers.VarianceScaling(1, 'fan_in'))", (*IMAGE, 16)),
    ('E', 'hk.Embed(1000, 64)', (1,)),
    ('R', 'hk.LSTM(64)', (1, 32)),
    ('R', 'hk.GRU(64)', (1, 32)),
    ('N', 'hk.MultiHeadAttention(4, 16, w_init_scale=1)', (1, 7, 64)),
]
INITIALIZERS = [
    'TruncatedNormal()', 'VarianceScaling()', "VarianceScaling(2, 'fan_in', 'uniform')",
    "VarianceScaling(1, 'fan_in', 'normal')", 'RandomNormal()', 'RandomUniform()', 'UniformScaling()', 'Orthogonal()',
    'Identity()', 'Constant(0)',
]
ATTENTION = ['VarianceScaling()', 'VarianceScaling(fan_in_axes=[0])']
SHAPES = {'D': (300, 100), 'C': (5, 5, 3, 8), 'N': (64, 4, 16)}


def apply(call, x):
    """What a layer gives for x, called as its kind wants it."""
    if 'Embed' in call:
        return eval(call)(x.astype(int))
    if 'LSTM' in call or 'GRU' in call:
        layer = eval(call)
        return layer(x, layer.initial_state(len(x)))
    return eval(call)(x, x, x) if 'Attention' in call else eval(call)(x)


for kind, call, shape in LAYERS:
    init = jax.jit(hk.transform(lambda x: apply(call, x)).init)  # compiled, as it takes long otherwise
    for module, parameters in init(next(keys), jnp.zeros(shape)).items():
        for name in parameters:
            tensor(call, kind, f'{module}/{name}', lambda: init(next(keys), jnp.zeros(shape))[module][name])

for calls, kinds in ((INITIALIZERS, 'DC'), (ATTENTION, 'N')):
    for call in calls:
        for kind in kinds:
            init = jax.jit(hk.transform(
                lambda: hk.get_parameter('w', SHAPES[kind], init=eval(f'hk.initializers.{call}'))).init)
            tensor(f'hk.initializers.{call}', kind, 'w', lambda: init(next(keys))['~']['w'])
init = jax.jit(hk.transform(
    lambda: hk.get_parameter('w', SHAPES['D'], jnp.bfloat16, hk.initializers.VarianceScaling())).init)
tensor("hk.get_parameter('w', (300, 100), jnp.bfloat16, hk.initializers.VarianceScaling())", 'D', 'w',
       lambda: init(next(keys))['~']['w'].astype('float32'))


@hk.transform
def layers(a):
    activations = []
    for _ in range(DEPTH):
        a = jax.nn.relu(hk.Linear(WIDTH)(a))
        activations.append(a)
    return activations


def outputs(seed):
    return layers.apply(layers.init(jax.random.key(seed), inputs(seed)), None, inputs(seed))


network('hk.Linear, jax.nn.relu', outputs)
