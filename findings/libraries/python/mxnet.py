"""mxnet.py: what MXNet draws: gluon's layers by default, and mx.init on the weights of a dense layer and of a
convolution."""
import mxnet as mx
import numpy as np
from mxnet import gluon, init, nd
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'MXNet', mx.__version__)
mx.random.seed(1)
np.random.seed(1)

LAYERS = [  # kind, call, and what makes the layer
    ('D', 'gluon.nn.Dense(100, in_units=300)', lambda: gluon.nn.Dense(100, in_units=300)),
    ('C', 'gluon.nn.Conv2D(8, 5, in_channels=3)', lambda: gluon.nn.Conv2D(8, 5, in_channels=3)),
    ('G', 'gluon.nn.Conv2D(32, 3, groups=32, in_channels=32)',
     lambda: gluon.nn.Conv2D(32, 3, groups=32, in_channels=32)),
    ('T', 'gluon.nn.Conv2DTranspose(8, 4, in_channels=16)', lambda: gluon.nn.Conv2DTranspose(8, 4, in_channels=16)),
    ('E', 'gluon.nn.Embedding(1000, 64)', lambda: gluon.nn.Embedding(1000, 64)),
    ('R', 'gluon.rnn.LSTM(64, input_size=32)', lambda: gluon.rnn.LSTM(64, input_size=32)),
]


def parameter(make, name, **options):
    layer = make()
    layer.initialize(**options)
    prefix = layer.prefix
    return next(p for full, p in layer.collect_params().items() if full[len(prefix):] == name).data().asnumpy()


def names(make):
    layer = make()
    return [name[len(layer.prefix):] for name in layer.collect_params()]


for kind, call, make in LAYERS:
    for name in names(make):
        tensor(call, kind, name, lambda: parameter(make, name), fixed=True)
for name in ('l0_i2h_weight', 'l0_h2h_weight'):
    tensor('gluon.rnn.LSTM(64, input_size=32), init.Xavier()', 'R', name,
           lambda: parameter(lambda: gluon.rnn.LSTM(64, input_size=32), name, init=init.Xavier()))

INITIALIZERS = [
    'init.Xavier()', "init.Xavier(rnd_type='gaussian')", "init.Xavier(factor_type='in', magnitude=2)",
    "init.Xavier('gaussian', 'in', 2)", 'init.MSRAPrelu()', "init.MSRAPrelu('in', 0)", 'init.Orthogonal()',
    "init.Orthogonal(scale=1, rand_type='normal')", 'init.Uniform()', 'init.Normal()', 'init.Zero()', 'init.One()',
]
SHAPES = {'D': (100, 300), 'C': (8, 3, 5, 5)}


def initialized(call, shape, dtype='float32'):
    weight = nd.empty(shape, dtype=dtype)
    eval(call)(init.InitDesc('weight'), weight)
    return weight.asnumpy()


for call in INITIALIZERS:
    for kind, shape in SHAPES.items():
        tensor(call, kind, 'weight', lambda: initialized(call, shape), fixed=call in ('init.Uniform()', 'init.Normal()'))
for call in ('init.Uniform(1)', 'init.Xavier()', 'init.Normal(1)'):
    tensor(f'{call}, float16', 'D', 'weight', lambda: initialized(call, SHAPES['D'], 'float16'))


def module():
    """The older interface, where the default is another."""
    net = mx.mod.Module(mx.sym.FullyConnected(mx.sym.Variable('data'), num_hidden=100), label_names=None)
    net.bind([('data', (1, 300))], for_training=False)
    net.init_params()
    return next(value for name, value in net.get_params()[0].items() if name.endswith('weight')).asnumpy()


tensor('mod.Module(sym.FullyConnected(num_hidden=100)).init_params()', 'D', 'weight', module, fixed=True)


def outputs(seed):
    mx.random.seed(seed)
    a = nd.array(inputs(seed))
    for _ in range(DEPTH):
        layer = gluon.nn.Dense(WIDTH, in_units=WIDTH)
        layer.initialize()
        a = nd.relu(layer(a))
        yield a.asnumpy()


network('gluon.nn.Dense(256, in_units=256), nd.relu', outputs)
