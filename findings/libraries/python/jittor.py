"""jittor.py: what Jittor draws: its layers' defaults and its initializers. Jittor compiles itself where it is imported:
it needs a C++ compiler."""
import os

os.environ.setdefault('use_mkl', '0')  # which it would download from a host of its own
import jittor as jt
from jittor import init, nn
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'Jittor', jt.__version__)
jt.set_global_seed(1)

LAYERS = [  # kind, call, and what makes the layer
    ('D', 'nn.Linear(300, 100)', lambda: nn.Linear(300, 100)),
    ('C', 'nn.Conv2d(3, 8, 5)', lambda: nn.Conv2d(3, 8, 5)),
    ('G', 'nn.Conv2d(32, 32, 3, groups=32)', lambda: nn.Conv2d(32, 32, 3, groups=32)),
    ('T', 'nn.ConvTranspose2d(16, 8, 4)', lambda: nn.ConvTranspose2d(16, 8, 4)),
    ('E', 'nn.Embedding(1000, 64)', lambda: nn.Embedding(1000, 64)),
    ('R', 'nn.LSTM(32, 64)', lambda: nn.LSTM(32, 64)),
]
for kind, call, make in LAYERS:
    for name, _ in make().named_parameters():
        tensor(call, kind, name, lambda: dict(make().named_parameters())[name].numpy())

INITIALIZERS = [
    'xavier_uniform', 'xavier_gauss', 'relu_invariant_gauss', 'invariant_uniform', 'gauss', 'uniform',
    'kaiming_uniform_', 'kaiming_normal_', 'xavier_uniform_', 'xavier_gauss_', 'trunc_normal_',
]
for call in INITIALIZERS:
    for kind, shape in (('D', (100, 300)), ('C', (8, 3, 5, 5))):
        make = getattr(init, call)
        if call.endswith('_'):  # fills a tensor; the others make one
            tensor(f'init.{call}', kind, 'weight', lambda: make(jt.empty(shape)).numpy())
        else:
            tensor(f'init.{call}', kind, 'weight', lambda: make(shape).numpy())


def outputs(seed):
    jt.set_global_seed(seed)
    a = jt.array(inputs(seed))
    for _ in range(DEPTH):
        a = nn.relu(nn.Linear(WIDTH, WIDTH)(a))
        yield a.numpy()


network('nn.Linear, nn.relu', outputs)
