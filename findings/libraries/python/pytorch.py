"""pytorch.py: what PyTorch draws: its layers' defaults, and nn.init on the weights of a dense layer and of a convolution."""
import torch
from rows import DEPTH, WIDTH, inputs, table
from torch import nn

tensor, network = table('Python', 'PyTorch', torch.__version__.split('+')[0])
torch.manual_seed(1)

LAYERS = [  # kind, call, and what makes the layer
    ('D', 'nn.Linear(300, 100)', lambda: nn.Linear(300, 100)),
    ('C', 'nn.Conv2d(3, 8, 5)', lambda: nn.Conv2d(3, 8, 5)),
    ('G', 'nn.Conv2d(32, 32, 3, groups=32)', lambda: nn.Conv2d(32, 32, 3, groups=32)),
    ('T', 'nn.ConvTranspose2d(16, 8, 4)', lambda: nn.ConvTranspose2d(16, 8, 4)),
    ('E', 'nn.Embedding(1000, 64)', lambda: nn.Embedding(1000, 64)),
    ('R', 'nn.LSTM(32, 64)', lambda: nn.LSTM(32, 64)),
    ('N', 'nn.MultiheadAttention(64, 4)', lambda: nn.MultiheadAttention(64, 4)),
    ('other', 'parametrizations.orthogonal(nn.Conv2d(3, 8, 5))',
     lambda: nn.utils.parametrizations.orthogonal(nn.Conv2d(3, 8, 5))),
]
for kind, call, make in LAYERS:
    for name in [name for name, _ in make().named_parameters()]:
        tensor(call, kind, name, lambda: make().get_parameter(name).detach().numpy())

INITIALIZERS = [
    'xavier_uniform_', 'xavier_normal_', 'kaiming_uniform_', 'kaiming_normal_', "kaiming_normal_(mode='fan_out')",
    'trunc_normal_', 'orthogonal_', 'sparse_(sparsity=0.9)', 'eye_', 'normal_', 'uniform_', 'zeros_', 'ones_',
]
SHAPES = {'D': (100, 300), 'C': (8, 3, 5, 5)}
for call in INITIALIZERS:
    for kind, shape in SHAPES.items():
        if kind == 'D' or not call.startswith(('sparse_', 'eye_')):  # these take matrices alone
            name, _, options = call.partition('(')
            options = eval(f'dict({options}') if options else {}
            tensor(f'nn.init.{call}', kind, 'weight', lambda: getattr(nn.init, name)(torch.empty(shape), **options).numpy())

for dtype in (torch.bfloat16, torch.float16):
    call = f'nn.Linear(300, 100, dtype={dtype})'
    tensor(call, 'D', 'weight', lambda: nn.Linear(300, 100, dtype=dtype).weight.detach().float().numpy())


@torch.no_grad()
def outputs(seed):
    torch.manual_seed(seed)
    a = torch.from_numpy(inputs(seed))
    for _ in range(DEPTH):
        a = torch.relu(nn.Linear(WIDTH, WIDTH)(a))
        yield a.numpy()


network('nn.Linear, nn.ReLU', outputs)
