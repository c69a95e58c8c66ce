"""tinygrad.py: what tinygrad draws: its layers' defaults, its initializers, and what its low precisions hold."""
import os
from importlib.metadata import version

os.environ.setdefault('DEV', 'CPU:X86')  # the renderer that needs no compiler
from rows import DEPTH, WIDTH, inputs, table
from tinygrad import Tensor, nn
from tinygrad.helpers import Context
from tinygrad.nn.state import get_state_dict

tensor, network = table('Python', 'tinygrad', version('tinygrad'))
Tensor.manual_seed(1)

LAYERS = [  # kind, call, and what makes the layer
    ('D', 'nn.Linear(300, 100)', lambda: nn.Linear(300, 100)),
    ('C', 'nn.Conv2d(3, 8, 5)', lambda: nn.Conv2d(3, 8, 5)),
    ('G', 'nn.Conv2d(32, 32, 3, groups=32)', lambda: nn.Conv2d(32, 32, 3, groups=32)),
    ('T', 'nn.ConvTranspose2d(16, 8, 4)', lambda: nn.ConvTranspose2d(16, 8, 4)),
    ('E', 'nn.Embedding(1000, 64)', lambda: nn.Embedding(1000, 64)),
    ('R', 'nn.LSTMCell(32, 64)', lambda: nn.LSTMCell(32, 64)),
]


for kind, call, make in LAYERS:
    for name, parameter in get_state_dict(make()).items():
        least = 4_000 if parameter.ndim == 1 else 200_000  # an evaluation takes 50 ms, and some layers have 8 biases
        tensor(call, kind, name, lambda: get_state_dict(make())[name].numpy(), least)

INITIALIZERS = ('glorot_uniform', 'kaiming_uniform', 'kaiming_normal', 'scaled_uniform', 'uniform', 'normal')
for call in INITIALIZERS:
    for kind, shape in (('D', (100, 300)), ('C', (8, 3, 5, 5))):
        tensor(f'Tensor.{call}', kind, 'weight', lambda: getattr(Tensor, call)(*shape).numpy())

# Layers in low precision: uniform numbers have as many values as the mantissa, from the lower bound up.
for name in ('BFLOAT16', 'FLOAT16', 'FP8E4M3', 'FP8E5M2'):
    with Context(DEFAULT_FLOAT=name):
        for call, make in (('nn.Linear(300, 100).weight', lambda: nn.Linear(300, 100).weight),
                           ('Tensor.kaiming_normal(100, 300)', lambda: Tensor.kaiming_normal(100, 300))):
            tensor(f'{call}, DEFAULT_FLOAT={name}', 'D', 'weight', lambda: make().realize().cast('float32').numpy())


def outputs(seed):
    Tensor.manual_seed(seed)
    a = Tensor(inputs(seed))
    for _ in range(DEPTH):
        a = nn.Linear(WIDTH, WIDTH)(a).relu().realize()
        yield a.numpy()


network('nn.Linear, Tensor.relu', outputs)
