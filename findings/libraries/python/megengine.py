"""megengine.py: what MegEngine draws: its layers' defaults and its initializers."""
import megengine
import megengine.functional as F
import megengine.module as M
from megengine.random import seed as set_seed
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'MegEngine', megengine.__version__)
set_seed(1)

LAYERS = [  # kind, call, and what makes the layer
    ('D', 'module.Linear(300, 100)', lambda: M.Linear(300, 100)),
    ('C', 'module.Conv2d(3, 8, 5)', lambda: M.Conv2d(3, 8, 5)),
    ('G', 'module.Conv2d(32, 32, 3, groups=32)', lambda: M.Conv2d(32, 32, 3, groups=32)),
    ('T', 'module.ConvTranspose2d(16, 8, 4)', lambda: M.ConvTranspose2d(16, 8, 4)),
    ('E', 'module.Embedding(1000, 64)', lambda: M.Embedding(1000, 64)),
    ('R', 'module.LSTMCell(32, 64)', lambda: M.LSTMCell(32, 64)),
    ('R', 'module.LSTM(32, 64)', lambda: M.LSTM(32, 64)),
    ('N', 'module.MultiHeadAttention(64, 4)', lambda: M.MultiHeadAttention(64, 4)),
]
for kind, call, make in LAYERS:
    for name, _ in make().named_parameters():
        tensor(call, kind, name, lambda: dict(make().named_parameters())[name].numpy())
tensor('module.MultiHeadAttention(64, 4)', 'N', 'io_weight_bias without its last 256, the biases',
       lambda: M.MultiHeadAttention(64, 4).io_weight_bias.numpy()[:, :-256])

INITIALIZERS = ['xavier_uniform_', 'xavier_normal_', 'msra_uniform_', 'msra_normal_', 'normal_', 'uniform_']
SHAPES = [('D', (100, 300)), ('C', (8, 3, 5, 5)), ('G', (32, 1, 1, 3, 3)), ('other', (8, 4, 3, 3, 3))]


def drawn(call, shape):
    weight = megengine.Parameter(F.zeros(shape))
    getattr(M.init, call)(weight)
    return weight.numpy()


for call in INITIALIZERS:
    for kind, shape in SHAPES:  # five sizes: grouped in two dimensions, or ungrouped in three
        tensor(f'init.{call}', kind, 'weight', lambda: drawn(call, shape))


def outputs(seed):
    set_seed(seed)
    a = megengine.Tensor(inputs(seed))
    for _ in range(DEPTH):
        a = F.relu(M.Linear(WIDTH, WIDTH)(a))
        yield a.numpy()


network('module.Linear, functional.relu', outputs)
