"""mindspore.py: what MindSpore draws: its layers' defaults, its initializers, also in low precision."""
import mindspore
from mindspore import Tensor, nn
from mindspore.common import initializer as init
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'MindSpore', mindspore.__version__)
mindspore.set_seed(1)

LAYERS = [  # kind, call, and what makes the layer
    ('D', 'nn.Dense(300, 100)', lambda: nn.Dense(300, 100)),
    ('C', 'nn.Conv2d(3, 8, 5, has_bias=True)', lambda: nn.Conv2d(3, 8, 5, has_bias=True)),
    ('G', 'nn.Conv2d(32, 32, 3, group=32, has_bias=True)', lambda: nn.Conv2d(32, 32, 3, group=32, has_bias=True)),
    ('T', 'nn.Conv2dTranspose(16, 8, 4, has_bias=True)', lambda: nn.Conv2dTranspose(16, 8, 4, has_bias=True)),
    ('E', 'nn.Embedding(1000, 64)', lambda: nn.Embedding(1000, 64)),
    ('R', 'nn.LSTM(32, 64)', lambda: nn.LSTM(32, 64)),
    ('N', 'nn.MultiheadAttention(64, 4)', lambda: nn.MultiheadAttention(64, 4)),
]
for kind, call, make in LAYERS:
    for name, parameter in make().parameters_dict().items():
        least = 20_000 if parameter.ndim == 1 else 200_000  # a layer takes 10 ms, and has 8 biases
        tensor(call, kind, name, lambda: make().parameters_dict()[name].asnumpy(), least)

INITIALIZERS = [
    'XavierUniform()', 'XavierNormal()', 'HeUniform()', 'HeNormal()', "HeNormal(mode='fan_out')", 'VarianceScaling()',
    "VarianceScaling(distribution='uniform')", "VarianceScaling(distribution='untruncated_normal')", 'Normal()',
    'Uniform()', 'TruncatedNormal()', 'TruncatedNormal(sigma=1, a=-1, b=1)', 'Orthogonal()', 'Sparse(0.9)', 'Dirac()',
    'Identity()', 'Constant(0.5)',
]
SHAPES = {'D': (100, 300), 'C': (8, 3, 5, 5)}
NOT_TAKEN = {'Sparse(0.9)': 'C', 'Identity()': 'C', 'Dirac()': 'D'}


def drawn(call, shape, dtype=mindspore.float32):
    return init.initializer(eval(f'init.{call}'), shape, dtype).init_data().asnumpy()


for call in INITIALIZERS:
    for kind, shape in SHAPES.items():
        if NOT_TAKEN.get(call) != kind:
            tensor(f'initializer.{call}', kind, 'weight', lambda: drawn(call, shape))
for call in ('XavierUniform()', 'HeNormal()'):
    tensor(f'initializer.{call}, float16', 'D', 'weight', lambda: drawn(call, (100, 300), mindspore.float16))


def outputs(seed):
    mindspore.set_seed(seed)
    a = Tensor(inputs(seed))
    for _ in range(DEPTH):
        a = nn.ReLU()(nn.Dense(WIDTH, WIDTH)(a))
        yield a.asnumpy()


network('nn.Dense, nn.ReLU', outputs)
