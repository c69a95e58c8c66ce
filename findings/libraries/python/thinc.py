"""thinc.py: what thinc draws: its layers' defaults, and its initializers on the weights of a dense layer and of a Maxout."""
import numpy
import thinc
from rows import DEPTH, WIDTH, inputs, table
from thinc import api, initializers

tensor, network = table('Python', 'thinc', thinc.__version__)
api.fix_random_seed(1)

LAYERS = [  # kind, call, and what makes the layer
    ('D', 'Linear(100, 300)', lambda: api.Linear(100, 300)),
    ('D', 'Relu(100, 300)', lambda: api.Relu(100, 300)),
    ('D', 'Mish(100, 300)', lambda: api.Mish(100, 300)),
    ('D', 'ClippedLinear(100, 300)', lambda: api.ClippedLinear(100, 300)),
    ('D', 'HardSigmoid(100, 300)', lambda: api.HardSigmoid(100, 300)),
    ('D', 'HardTanh(100, 300)', lambda: api.HardTanh(100, 300)),
    ('D', 'ReluK(100, 300)', lambda: api.ReluK(100, 300)),
    ('D', 'Swish(100, 300)', lambda: api.Swish(100, 300)),
    ('D', 'Gelu(100, 300)', lambda: api.Gelu(100, 300)),
    ('D', 'HardSwish(100, 300)', lambda: api.HardSwish(100, 300)),
    ('D', 'HardSwishMobilenet(100, 300)', lambda: api.HardSwishMobilenet(100, 300)),
    ('D', 'Dish(100, 300)', lambda: api.Dish(100, 300)),
    ('D', 'Sigmoid(100, 300)', lambda: api.Sigmoid(100, 300)),
    ('D', 'Softmax(100, 300)', lambda: api.Softmax(100, 300)),
    ('other', 'Maxout(100, 300)', lambda: api.Maxout(100, 300)),
    ('other', 'Maxout(100, 300, nP=2)', lambda: api.Maxout(100, 300, nP=2)),
    ('other', 'Maxout(100, 300, init_W=he_normal_init)', lambda: api.Maxout(100, 300, init_W=initializers.he_normal_init)),
    ('E', 'Embed(64, 1000)', lambda: api.Embed(64, 1000)),
    ('E', 'HashEmbed(64, 1000)', lambda: api.HashEmbed(64, 1000)),
]
for kind, call, make in LAYERS:
    layer = make()
    layer.initialize()
    for name in layer.param_names:
        def draw():
            layer = make()
            layer.initialize()
            return layer.get_param(name)

        tensor(call, kind, name, draw)


def lstm(part):
    """One part of LSTM(64, 32)'s parameters, which are one vector: the input's weights and biases, then the state's."""
    model = api.LSTM(64, 32)
    model.initialize()
    parameters = next(layer.get_param('LSTM') for layer in model.walk() if layer.has_param('LSTM'))
    sizes = [4 * 64 * 32, 4 * 64, 4 * 64 * 64, 4 * 64]
    parts = numpy.split(parameters, numpy.cumsum(sizes)[:-1])
    return parts[part].reshape([(4, 64, 32), (4, 64), (4, 64, 64), (4, 64)][part])


for part, name in enumerate(['W of the input', 'b of the input', 'W of the state', 'b of the state']):
    tensor('LSTM(64, 32)', 'R', name, lambda: lstm(part))

INITIALIZERS = [
    'glorot_uniform_init', 'glorot_normal_init', 'he_uniform_init', 'he_normal_init', 'lecun_uniform_init',
    'lecun_normal_init', 'uniform_init', 'normal_init', 'zero_init',
]
SHAPES = {'D': (100, 300), 'other': (100, 3, 300)}  # thinc stores a Maxout of three pieces as the latter
ops = api.NumpyOps()
for name in INITIALIZERS:
    for kind, shape in SHAPES.items():
        tensor(f'{name}()', kind, 'W', lambda: getattr(initializers, name)(ops, shape), fixed=name == 'uniform_init')
tensor('normal_init(mean=1)', 'D', 'W', lambda: initializers.normal_init(ops, SHAPES['D'], mean=1))


def outputs(seed):
    api.fix_random_seed(seed)
    a = inputs(seed)
    for _ in range(DEPTH):
        layer = api.Relu(WIDTH, WIDTH)
        layer.initialize()
        a = layer.predict(a)
        yield a


network('Relu(256, 256)', outputs)
