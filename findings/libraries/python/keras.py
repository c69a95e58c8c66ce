"""keras.py: what Keras 3 draws on JAX: its layers' defaults, and its initializers on the weights of a dense layer, of a
convolution, of a depthwise convolution and of a transposed convolution."""
import os

os.environ['KERAS_BACKEND'] = 'jax'

import keras  # noqa: E402
from keras import initializers, layers  # noqa: E402
from rows import DEPTH, WIDTH, inputs, table  # noqa: E402

tensor, network = table('Python', 'Keras', keras.__version__)
keras.utils.set_random_seed(1)

IMAGE = (None, 8, 8)  # a batch, rows and columns
LAYERS = [  # kind, call, and the shapes of its inputs
    ('D', 'layers.Dense(100)', (None, 300)),
    ('D', "layers.Dense(100, bias_initializer='glorot_uniform')", (None, 300)),
    ('D', "layers.Dense(100, kernel_initializer='he_normal', dtype='bfloat16')", (None, 300)),
    ('D', "layers.Dense(100, kernel_initializer='he_normal', dtype='float16')", (None, 300)),
    ('C', 'layers.Conv2D(8, 5)', (*IMAGE, 3)),
    ('G', 'layers.DepthwiseConv2D(3)', (*IMAGE, 32)),
    ('G', 'layers.Conv2D(32, 3, groups=32)', (*IMAGE, 32)),
    ('G', "layers.DepthwiseConv2D(3, depthwise_initializer='he_normal')", (*IMAGE, 32)),
    ('G', "layers.Conv2D(32, 3, groups=32, kernel_initializer='he_normal')", (*IMAGE, 32)),
    ('T', 'layers.Conv2DTranspose(8, 4)', (*IMAGE, 16)),
    ('T', "layers.Conv2DTranspose(8, 4, kernel_initializer='he_normal')", (*IMAGE, 16)),
    ('E', 'layers.Embedding(1000, 64)', (None, 7)),
    ('R', 'layers.LSTM(64)', (None, 7, 32)),
    ('N', 'layers.MultiHeadAttention(4, 16)', (None, 7, 64), (None, 7, 64)),
    ('N', "layers.EinsumDense('abc,cde->abde', (None, 4, 16))", (None, 7, 64)),
    ('N', "layers.EinsumDense('bec,ecd->bed', (8, 64))", (None, 8, 64)),
]
INITIALIZERS = [
    'GlorotUniform()', 'GlorotNormal()', 'HeNormal()', 'HeUniform()', 'LecunNormal()', 'LecunUniform()',
    'VarianceScaling()', "VarianceScaling(distribution='normal')", "VarianceScaling(distribution='untruncated_normal')",
    "VarianceScaling(distribution='uniform')", 'TruncatedNormal()', 'RandomNormal()', 'RandomUniform()', 'Orthogonal()',
    'Identity()', 'Zeros()', 'Ones()',
]
SHAPES = {'D': (300, 100), 'C': (5, 5, 3, 8), 'G': (3, 3, 32, 1), 'T': (4, 4, 8, 16)}


def weights(call, shapes):
    """The weights of a new layer, by name, as floats of 32 bits."""
    layer = eval(call)
    layer.build(*shapes)
    return {weight.path.partition('/')[2]: keras.ops.convert_to_numpy(keras.ops.cast(weight, 'float32'))
            for weight in layer.weights}


for kind, call, *shapes in LAYERS:
    for name in weights(call, shapes):
        tensor(call, kind, name, lambda: weights(call, shapes)[name])
for call in INITIALIZERS:
    for kind, shape in SHAPES.items():
        if kind == 'D' or call != 'Identity()':  # which takes matrices alone
            tensor(f'initializers.{call}({shape})', kind, 'values', lambda: eval(f'initializers.{call}')(shape))


def dense_difference():
    """Zeros where two layers that share an initializer with a seed are equal."""
    shared = initializers.GlorotUniform(seed=1)
    pair = [layers.Dense(100, kernel_initializer=shared) for _ in range(2)]
    for layer in pair:
        layer.build((None, 300))
    return pair[1].kernel.numpy() - pair[0].kernel.numpy()


def attention_difference():
    """Zeros where query and key are one matrix."""
    layer = layers.MultiHeadAttention(4, 16, kernel_initializer=initializers.GlorotUniform(keras.random.SeedGenerator(1)))
    layer.build((None, 7, 64), (None, 7, 64))
    query, _, key, *_ = layer.get_weights()
    return key - query


tensor('two layers.Dense(100) with one GlorotUniform(seed=1)', 'other', 'kernel of the second less that of the first',
       dense_difference)
tensor('layers.MultiHeadAttention(4, 16), GlorotUniform(SeedGenerator(1))', 'other', 'key less query',
       attention_difference)


def outputs(seed):
    keras.utils.set_random_seed(seed)
    a = inputs(seed)
    for _ in range(DEPTH):
        a = layers.Dense(WIDTH, activation='relu')(a)
        yield a


network("layers.Dense(256, activation='relu')", outputs)
