"""keras_3_14.py: what the attention of Keras 3.14 draws on JAX. From 3.15 on, an EinsumDense takes its fans from its equation;
before, from the places of the axes."""
import os

os.environ['KERAS_BACKEND'] = 'jax'

import keras  # noqa: E402
from keras import layers  # noqa: E402
from rows import table  # noqa: E402

tensor, _ = table('Python', 'Keras 3.14', keras.__version__)
keras.utils.set_random_seed(1)

LAYERS = [  # call, and the shapes of its inputs
    ('layers.MultiHeadAttention(4, 16)', (None, 7, 64), (None, 7, 64)),
    ("layers.EinsumDense('abc,cde->abde', (None, 4, 16))", (None, 7, 64)),
    ("layers.EinsumDense('bec,ecd->bed', (8, 64))", (None, 8, 64)),
]


def weights(call, shapes):
    """The weights of a new layer, by name."""
    layer = eval(call)
    layer.build(*shapes)
    return {weight.path.partition('/')[2]: weight.numpy() for weight in layer.weights}


for call, *shapes in LAYERS:
    for name in weights(call, shapes):
        tensor(call, 'N', name, lambda: weights(call, shapes)[name])
