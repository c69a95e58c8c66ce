"""pytorch.py: what PyTorch draws: its layers' defaults, and nn.init on the weights of a dense layer and of a
convolution, also in low precision and complex. What becomes of the weights in training is not measured.
"""
import torch
from rows import DEPTH, WIDTH, inputs, table
from torch import nn
from torch.nn.utils import parametrizations

tensor, network = table('Python', 'PyTorch', torch.__version__.split('+')[0])
torch.manual_seed(1)


def kaiming_on_weight_norm():
    """The initializer writes to a copy that weight_norm computes; the layer keeps its default."""
    layer = parametrizations.weight_norm(nn.Linear(300, 100))
    nn.init.kaiming_normal_(layer.weight)
    return layer


LAYERS = [  # kind, call, and what makes the layer
    ('D', 'nn.Linear(300, 100)', lambda: nn.Linear(300, 100)),
    ('C', 'nn.Conv2d(3, 8, 5)', lambda: nn.Conv2d(3, 8, 5)),
    ('G', 'nn.Conv2d(32, 32, 3, groups=32)', lambda: nn.Conv2d(32, 32, 3, groups=32)),
    ('T', 'nn.ConvTranspose2d(16, 8, 4)', lambda: nn.ConvTranspose2d(16, 8, 4)),
    ('T', 'nn.ConvTranspose2d(16, 8, 4, groups=4)', lambda: nn.ConvTranspose2d(16, 8, 4, groups=4)),
    ('E', 'nn.Embedding(1000, 64)', lambda: nn.Embedding(1000, 64)),
    ('R', 'nn.LSTM(32, 64)', lambda: nn.LSTM(32, 64)),
    ('N', 'nn.MultiheadAttention(64, 4)', lambda: nn.MultiheadAttention(64, 4)),
    ('N', 'nn.MultiheadAttention(64, 4, kdim=32)', lambda: nn.MultiheadAttention(64, 4, kdim=32)),
]
for kind, call, make in LAYERS:
    for name in [name for name, _ in make().named_parameters()]:
        tensor(call, kind, name, lambda: make().get_parameter(name).detach().numpy())



def encoder_difference():
    """Zeros where the layers of a new encoder are equal."""
    first, second = nn.TransformerEncoder(nn.TransformerEncoderLayer(64, 4, 128), 2).layers
    return (second.linear1.weight - first.linear1.weight).detach().numpy()


tensor('nn.TransformerEncoder(nn.TransformerEncoderLayer(64, 4, 128), 2)', 'other',
       'linear1.weight of layer 2 less that of layer 1', encoder_difference)

PARAMETRIZED = [  # the weight that the layer computes with
    ('C', 'parametrizations.orthogonal(nn.Conv2d(3, 8, 5))', lambda: parametrizations.orthogonal(nn.Conv2d(3, 8, 5))),
    ('D', 'parametrizations.orthogonal(nn.Linear(300, 100))', lambda: parametrizations.orthogonal(nn.Linear(300, 100))),
    ('D', 'nn.init.kaiming_normal_(parametrizations.weight_norm(nn.Linear(300, 100)).weight)', kaiming_on_weight_norm),
]
for kind, call, make in PARAMETRIZED:
    tensor(call, kind, 'weight', lambda: make().weight.detach().numpy())

INITIALIZERS = [
    'xavier_uniform_', 'xavier_normal_', 'kaiming_uniform_', 'kaiming_normal_', "kaiming_normal_(mode='fan_out')",
    'trunc_normal_', 'trunc_normal_(std=0.02)', 'trunc_normal_(std=5)', 'orthogonal_',
    'sparse_(sparsity=0.9)', 'eye_', 'dirac_', 'normal_', 'uniform_', 'zeros_', 'ones_',
]
SHAPES = {'D': (100, 300), 'C': (8, 3, 5, 5)}
NOT_TAKEN = {'sparse_': 'C', 'eye_': 'C', 'dirac_': 'D'}
for call in INITIALIZERS:
    name, _, options = call.partition('(')
    options = eval(f'dict({options}') if options else {}
    for kind, shape in SHAPES.items():
        if NOT_TAKEN.get(name) != kind:
            tensor(f'nn.init.{call}', kind, 'weight',
                   lambda: getattr(nn.init, name)(torch.empty(shape), **options).numpy())

for dtype in (torch.bfloat16, torch.float16):
    call = f'nn.Linear(300, 100, dtype={dtype})'
    for name in ('weight', 'bias'):
        tensor(call, 'D', name, lambda: nn.Linear(300, 100, dtype=dtype).get_parameter(name).detach().float().numpy())
    call = f'nn.init.trunc_normal_(torch.empty(100, 300, dtype={dtype}), std=0.02)'
    tensor(call, 'D', 'weight',
           lambda: nn.init.trunc_normal_(torch.empty(100, 300, dtype=dtype), std=0.02).float().numpy())

for call in ('xavier_uniform_', 'xavier_normal_', 'kaiming_uniform_', 'kaiming_normal_', 'uniform_', 'normal_'):
    initialize = getattr(nn.init, call)
    for part in ('real', 'imag'):
        tensor(f'nn.init.{call}(torch.empty(100, 300, dtype=torch.complex64))', 'D', f'weight.{part}',
               lambda: getattr(initialize(torch.empty(100, 300, dtype=torch.complex64)), part).numpy())


@torch.no_grad()
def outputs(seed):
    torch.manual_seed(seed)
    a = torch.from_numpy(inputs(seed))
    for _ in range(DEPTH):
        a = torch.relu(nn.Linear(WIDTH, WIDTH)(a))
        yield a.numpy()


network('nn.Linear, nn.ReLU', outputs)
