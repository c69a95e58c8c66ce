"""tf_keras.py: what tf-keras, which is Keras 2, draws: its layers' defaults, and its initializers on the weights of a dense
layer and of a convolution."""
import tf_keras
from rows import DEPTH, WIDTH, inputs, table
from tf_keras import initializers, layers

tensor, network = table('Python', 'tf-keras', tf_keras.__version__)
tf_keras.utils.set_random_seed(1)

IMAGE = (None, 8, 8)  # a batch, rows and columns
LAYERS = [  # kind, call, and the shape of its input
    ('D', 'layers.Dense(100)', (None, 300)),
    ('C', 'layers.Conv2D(8, 5)', (*IMAGE, 3)),
    ('C', 'layers.LocallyConnected2D(8, 5)', (*IMAGE, 3)),
    ('G', 'layers.DepthwiseConv2D(3)', (*IMAGE, 32)),
    ('G', 'layers.Conv2D(32, 3, groups=32)', (*IMAGE, 32)),
    ('G', "layers.DepthwiseConv2D(3, depthwise_initializer='he_normal')", (*IMAGE, 32)),
    ('T', 'layers.Conv2DTranspose(8, 4)', (*IMAGE, 16)),
    ('E', 'layers.Embedding(1000, 64)', (None, 7)),
    ('R', 'layers.LSTM(64)', (None, 7, 32)),
    ('N', 'layers.MultiHeadAttention(4, 16)', (None, 7, 64)),
    ('N', "layers.EinsumDense('abc,cde->abde', (None, 4, 16))", (None, 7, 64)),
]
INITIALIZERS = [
    'GlorotUniform()', 'GlorotNormal()', 'HeNormal()', 'HeUniform()', 'LecunNormal()', 'LecunUniform()',
    'VarianceScaling()', "VarianceScaling(distribution='normal')", "VarianceScaling(distribution='untruncated_normal')",
    'TruncatedNormal()', 'RandomNormal()', 'RandomUniform()', 'Orthogonal()', 'Identity()', 'Zeros()', 'Ones()',
]
SHAPES = {'D': (300, 100), 'C': (5, 5, 3, 8)}


def weights(call, shape):
    """The weights of a new layer. Attention makes them when it is first called."""
    layer = eval(call)
    if 'Attention' in call:
        x = tf_keras.Input(shape[1:])
        layer(x, x)
    else:
        layer.build(shape)
    return layer.weights


for kind, call, shape in LAYERS:
    for i, weight in enumerate(weights(call, shape)):
        name = weight.name.removeprefix('multi_head_attention/').removesuffix(':0')
        tensor(call, kind, name, lambda: weights(call, shape)[i].numpy())
for call in INITIALIZERS:
    for kind, shape in SHAPES.items():
        if kind == 'D' or call != 'Identity()':  # which takes matrices alone
            tensor(f'initializers.{call}({shape})', kind, 'values', lambda: eval(f'initializers.{call}')(shape))


def outputs(seed):
    tf_keras.utils.set_random_seed(seed)
    a = inputs(seed)
    for _ in range(DEPTH):
        a = layers.Dense(WIDTH, activation='relu')(a)
        yield a


network("layers.Dense(256, activation='relu')", outputs)
