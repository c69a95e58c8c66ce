"""mlx.py: what MLX draws: its layers' defaults, its initializers, also in low precision."""
import math

import mlx.core as mx
import mlx.nn as nn
import numpy as np
from mlx.utils import tree_flatten
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'MLX', mx.__version__)
mx.random.seed(1)

LAYERS = [  # kind, call, and what makes the layer
    ('D', 'nn.Linear(300, 100)', lambda: nn.Linear(300, 100)),
    ('C', 'nn.Conv2d(3, 8, 5)', lambda: nn.Conv2d(3, 8, 5)),
    ('G', 'nn.Conv2d(32, 32, 3, groups=32)', lambda: nn.Conv2d(32, 32, 3, groups=32)),
    ('T', 'nn.ConvTranspose2d(16, 8, 4)', lambda: nn.ConvTranspose2d(16, 8, 4)),
    ('E', 'nn.Embedding(1000, 64)', lambda: nn.Embedding(1000, 64)),
    ('R', 'nn.LSTM(32, 64)', lambda: nn.LSTM(32, 64)),
    ('N', 'nn.MultiHeadAttention(64, 4)', lambda: nn.MultiHeadAttention(64, 4)),
]
for kind, call, make in LAYERS:
    for name, _ in tree_flatten(make().parameters()):
        tensor(call, kind, name, lambda: np.array(dict(tree_flatten(make().parameters()))[name]))

INITIALIZERS = [  # call, function, options of its second call
    ('glorot_uniform()', nn.init.glorot_uniform, {}),
    ('glorot_normal()', nn.init.glorot_normal, {}),
    ('he_uniform()', nn.init.he_uniform, {}),
    ('he_normal()', nn.init.he_normal, {}),
    ("he_normal()(w, mode='fan_out')", nn.init.he_normal, {'mode': 'fan_out'}),
    ('he_normal()(w, gain=sqrt(2))', nn.init.he_normal, {'gain': math.sqrt(2)}),
    ('normal()', nn.init.normal, {}),
    ('uniform()', nn.init.uniform, {}),
    ('orthogonal()', nn.init.orthogonal, {}),
    ('sparse(0.9)', lambda: nn.init.sparse(0.9), {}),
    ('constant(0.5)', lambda: nn.init.constant(0.5), {}),
]
SHAPES = {'D': (100, 300), 'C': (8, 5, 5, 3)}
for call, initializer, options in INITIALIZERS:
    for kind, shape in SHAPES.items():
        if kind == 'D' or not call.startswith(('orthogonal', 'sparse')):  # these take matrices alone
            tensor(f'nn.init.{call}', kind, 'weight', lambda: np.array(initializer()(mx.zeros(shape), **options)))

for dtype in (mx.float16, mx.bfloat16):
    for call in ('he_normal', 'he_uniform'):
        initializer = getattr(nn.init, call)(dtype)
        tensor(f'nn.init.{call}({dtype})', 'D', 'weight',
               lambda: np.array(initializer(mx.zeros((100, 300), dtype)).astype(mx.float32)))


def outputs(seed):
    mx.random.seed(seed)
    a = mx.array(inputs(seed))
    for _ in range(DEPTH):
        a = nn.relu(nn.Linear(WIDTH, WIDTH)(a))
        yield np.array(a)


network('nn.Linear, nn.relu', outputs)
