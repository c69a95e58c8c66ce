"""paddle.py: what Paddle draws: its layers' defaults, its initializers, also in low precision."""
import paddle
from paddle import nn
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'Paddle', paddle.__version__)
paddle.seed(1)

LAYERS = [  # kind, call, and what makes the layer
    ('D', 'nn.Linear(300, 100)', lambda: nn.Linear(300, 100)),
    ('D', 'compat.nn.Linear(300, 100)', lambda: paddle.compat.nn.Linear(300, 100)),
    ('other', 'compat.nn.Linear(256, 100)', lambda: paddle.compat.nn.Linear(256, 100)),
    ('C', 'nn.Conv2D(3, 8, 5)', lambda: nn.Conv2D(3, 8, 5)),
    ('G', 'nn.Conv2D(32, 32, 3, groups=32)', lambda: nn.Conv2D(32, 32, 3, groups=32)),
    ('T', 'nn.Conv2DTranspose(16, 8, 4)', lambda: nn.Conv2DTranspose(16, 8, 4)),
    ('E', 'nn.Embedding(1000, 64)', lambda: nn.Embedding(1000, 64)),
    ('R', 'nn.LSTM(32, 64)', lambda: nn.LSTM(32, 64)),
    ('N', 'nn.MultiHeadAttention(64, 4)', lambda: nn.MultiHeadAttention(64, 4)),
    ('N', 'compat.nn.MultiheadAttention(64, 4)', lambda: paddle.compat.nn.MultiheadAttention(64, 4)),
]
for kind, call, make in LAYERS:
    for name in make().state_dict():
        if '.cell.' not in name:  # which the LSTM has by another name
            tensor(call, kind, name, lambda: make().state_dict()[name].numpy())

INITIALIZERS = [
    'XavierUniform()', 'XavierNormal()', 'KaimingUniform()', 'KaimingNormal()', "KaimingNormal(mode='fan_out')",
    'Normal()', 'Uniform()', 'TruncatedNormal()', 'TruncatedNormal(std=0.02)', 'Orthogonal()', 'Dirac()',
    'Constant(0.5)',
]


def drawn(call, shape, dtype='float32'):
    initializer = eval(f'nn.initializer.{call}')
    return paddle.create_parameter(shape, dtype, default_initializer=initializer).astype('float32').numpy()


SHAPES = {'D': [300, 100], 'C': [8, 3, 5, 5]}
for call in INITIALIZERS:
    for kind, shape in SHAPES.items():
        if (call, kind) != ('Dirac()', 'D'):  # takes kernels alone
            tensor(f'nn.initializer.{call}', kind, 'weight', lambda: drawn(call, shape))

for dtype in ('float16', 'bfloat16'):
    for call in ('XavierUniform()', 'KaimingNormal()'):
        tensor(f'nn.initializer.{call}, {dtype}', 'D', 'weight', lambda: drawn(call, [300, 100], dtype))


@paddle.no_grad()
def outputs(seed):
    paddle.seed(seed)
    a = paddle.to_tensor(inputs(seed))
    for _ in range(DEPTH):
        a = nn.functional.relu(nn.Linear(WIDTH, WIDTH)(a))
        yield a.numpy()


network('nn.Linear, nn.functional.relu', outputs)
