"""lasagne.py: what Lasagne draws: its layers' defaults, and lasagne.init on the weights of a dense layer and of a
convolution."""
import os

os.environ['THEANO_FLAGS'] = 'cxx='  # nothing is compiled here

import lasagne
import numpy as np
from lasagne import init, layers
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'Lasagne', lasagne.__version__)
lasagne.random.set_rng(np.random.RandomState(1))

LAYERS = [  # kind, call, and what makes the layer
    ('D', 'DenseLayer(incoming of 300, 100)', lambda: layers.DenseLayer(layers.InputLayer((None, 300)), 100)),
    ('C', 'Conv2DLayer(incoming of 3, 8, 5)', lambda: layers.Conv2DLayer(layers.InputLayer((None, 3, 9, 9)), 8, 5)),
    ('E', 'EmbeddingLayer(incoming, 1000, 64)',
     lambda: layers.EmbeddingLayer(layers.InputLayer((None,), input_var=None), 1000, 64)),
    ('R', 'LSTMLayer(incoming of 32, 64)', lambda: layers.LSTMLayer(layers.InputLayer((None, 5, 32)), 64)),
]
for kind, call, make in LAYERS:
    for name in [parameter.name for parameter in make().get_params()]:
        if name.startswith('W_cell') or name.endswith('_init'):
            continue  # an LSTM's peepholes, drawn as its other weights, and its first state, which is zero
        def draw():
            return next(p for p in make().get_params() if p.name == name).get_value()

        tensor(call, kind, name, draw, fixed=kind in 'ER')

INITIALIZERS = [
    'GlorotUniform()', 'GlorotNormal()', 'HeUniform()', 'HeNormal()', "HeNormal(gain='relu')", 'Orthogonal()', 'Uniform()',
    'Normal()', 'Sparse()', 'Constant()',
]
SHAPES = {'D': (300, 100), 'C': (8, 3, 5, 5)}
for call in INITIALIZERS:
    for kind, shape in SHAPES.items():
        if kind == 'D' or call != 'Sparse()':  # which takes matrices alone
            tensor(f'init.{call}', kind, 'W', lambda: eval(f'init.{call}').sample(shape),
                   fixed=call in ('Uniform()', 'Normal()', 'Sparse()'))


def outputs(seed):
    lasagne.random.set_rng(np.random.RandomState(seed))
    a = inputs(seed)
    for _ in range(DEPTH):  # without a compiler Theano takes minutes
        layer = layers.DenseLayer(layers.InputLayer((None, WIDTH)), WIDTH)
        a = np.maximum(a @ layer.W.get_value() + layer.b.get_value(), 0)
        yield a


network('DenseLayer(incoming of 256, 256)', outputs)
