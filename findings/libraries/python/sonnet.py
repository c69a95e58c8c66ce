"""sonnet.py: what Sonnet draws on TensorFlow: its layers' defaults, and its initializers on the weights of a dense layer and of
a convolution."""
import sonnet as snt
import tensorflow as tf
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'Sonnet', snt.__version__)
tf.random.set_seed(1)

IMAGE = (1, 8, 8)  # a batch, rows and columns
LAYERS = [  # kind, call, and the shape of its input
    ('D', 'snt.Linear(100)', (1, 300)),
    ('C', 'snt.Conv2D(8, 5)', (*IMAGE, 3)),
    ('G', 'snt.DepthwiseConv2D(3)', (*IMAGE, 32)),
    ('T', 'snt.Conv2DTranspose(8, 4)', (*IMAGE, 16)),
    ('T', "snt.Conv2DTranspose(8, 4, w_init=snt.initializers.VarianceScaling(1, 'fan_in'))", (*IMAGE, 16)),
    ('E', 'snt.Embed(1000, 64)', (1,)),
    ('R', 'snt.LSTM(64)', (1, 32)),
    ('R', 'snt.GRU(64)', (1, 32)),
]
INITIALIZERS = [
    'TruncatedNormal()', 'VarianceScaling()', "VarianceScaling(distribution='normal')",
    "VarianceScaling(distribution='uniform')", 'RandomNormal()', 'RandomUniform()', 'Orthogonal()', 'Identity()',
    'Zeros()', 'Ones()',
]
SHAPES = {'D': (300, 100), 'C': (5, 5, 3, 8)}


def weights(call, shape):
    """The weights of a new layer, by name. It makes them when it is first called."""
    layer = eval(call)
    if call.startswith('snt.Embed'):
        layer(tf.zeros(shape, tf.int32))
    elif call.startswith(('snt.LSTM', 'snt.GRU')):
        layer(tf.zeros(shape), layer.initial_state(1))
    else:
        layer(tf.zeros(shape))
    return {weight.name.removesuffix(':0'): weight.numpy() for weight in layer.variables}


for kind, call, shape in LAYERS:
    for name in weights(call, shape):
        tensor(call, kind, name, lambda: weights(call, shape)[name])
for call in INITIALIZERS:
    for kind, shape in SHAPES.items():
        tensor(f'snt.initializers.{call}({shape})', kind, 'values',
               lambda: eval(f'snt.initializers.{call}')(shape, tf.float32))


def outputs(seed):
    tf.random.set_seed(seed)
    a = inputs(seed)
    for _ in range(DEPTH):
        a = tf.nn.relu(snt.Linear(WIDTH)(a))
        yield a


network('snt.Linear, tf.nn.relu', outputs)
