"""chainer.py: what Chainer draws: its links' defaults, and its initializers on the weights of a dense layer and of a
convolution."""
import chainer
import numpy as np
from chainer import functions, initializers, links
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'Chainer', chainer.__version__)
np.random.seed(1)

LINKS = [  # kind, call, and what makes the link
    ('D', 'links.Linear(300, 100)', lambda: links.Linear(300, 100)),
    ('C', 'links.Convolution2D(3, 8, 5)', lambda: links.Convolution2D(3, 8, 5)),
    ('G', 'links.Convolution2D(32, 32, 3, groups=32)', lambda: links.Convolution2D(32, 32, 3, groups=32)),
    ('G', 'links.DepthwiseConvolution2D(32, 1, 3)', lambda: links.DepthwiseConvolution2D(32, 1, 3)),
    ('T', 'links.Deconvolution2D(16, 8, 4)', lambda: links.Deconvolution2D(16, 8, 4)),
    ('E', 'links.EmbedID(1000, 64)', lambda: links.EmbedID(1000, 64)),
    ('R', 'links.LSTM(32, 64)', lambda: links.LSTM(32, 64)),
    ('D', 'links.Maxout(300, 100, 3)', lambda: links.Maxout(300, 100, 3)),
    ('other', 'links.Bilinear(30, 40, 50)', lambda: links.Bilinear(30, 40, 50)),
    ('other', 'links.LocalConvolution2D(3, 8, (9, 9), 5)', lambda: links.LocalConvolution2D(3, 8, (9, 9), 5)),
    ('other', 'links.Highway(100)', lambda: links.Highway(100)),
]


def parameter(make, name):
    return dict(make().namedparams())[name].array


for kind, call, make in LINKS:
    for name, value in make().namedparams():
        if kind == 'R' and value.ndim == 1:  # the forget gate has another bias than the others; they alternate
            for gate, letter in enumerate('aifo'):
                tensor(call, kind, f'{name[1:]} {letter}', lambda: parameter(make, name)[gate::4])
        else:
            tensor(call, kind, name[1:], lambda: parameter(make, name))

INITIALIZERS = [
    'LeCunNormal()', 'LeCunUniform()', 'GlorotNormal()', 'GlorotUniform()', 'HeNormal()', 'HeUniform()',
    "HeNormal(fan_option='fan_out')", 'Orthogonal()', 'Normal()', 'Uniform()', 'Zero()', 'One()',
]
SHAPES = {'D': (100, 300), 'C': (8, 3, 5, 5)}


def initialized(call, shape, dtype):
    return initializers.generate_array(eval(f'initializers.{call}'), shape, np, dtype)


for call in INITIALIZERS:
    for kind, shape in SHAPES.items():
        tensor(f'initializers.{call}', kind, 'W', lambda: initialized(call, shape, np.float32),
               fixed=call in ('Normal()', 'Uniform()'))
for call in ('LeCunNormal()', 'HeUniform()'):
    tensor(f'initializers.{call}, float16', 'D', 'W', lambda: initialized(call, SHAPES['D'], np.float16))


def outputs(seed):
    np.random.seed(seed)
    a = inputs(seed)
    for _ in range(DEPTH):
        a = functions.relu(links.Linear(WIDTH, WIDTH)(a))
        yield a.array


network('links.Linear(256, 256), functions.relu', outputs)
