"""nnabla.py: what NNabla draws: the defaults of its parametric functions, and its initializers.

A parametric function makes its parameters when it is called on an input, and keeps them by name until they are cleared.
"""
import nnabla as nn
import nnabla.functions as F
import nnabla.initializer as init
import nnabla.parametric_functions as PF
from nnabla import random
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'NNabla', nn.__version__)
random.prng.seed(1)

LAYERS = [  # kind, call, and what calls the layer
    ('D', 'PF.affine(x, 100)', lambda: PF.affine(nn.Variable((1, 300)), 100)),
    ('C', 'PF.convolution(x, 8, (5, 5))', lambda: PF.convolution(nn.Variable((1, 3, 9, 9)), 8, (5, 5))),
    ('G', 'PF.convolution(x, 32, (3, 3), group=32)',
     lambda: PF.convolution(nn.Variable((1, 32, 9, 9)), 32, (3, 3), group=32)),
    ('G', 'PF.depthwise_convolution(x, (3, 3))', lambda: PF.depthwise_convolution(nn.Variable((1, 32, 9, 9)), (3, 3))),
    ('T', 'PF.deconvolution(x, 8, (4, 4))', lambda: PF.deconvolution(nn.Variable((1, 16, 9, 9)), 8, (4, 4))),
    ('E', 'PF.embed(x, 1000, 64)', lambda: PF.embed(nn.Variable((1, 1)), 1000, 64)),
    ('R', 'PF.lstm_cell(x, h, c, 64)', lambda: PF.lstm_cell(nn.Variable((1, 32)), *states((1, 64)), 64)),
    ('R', 'PF.lstm(x, h, c)', lambda: PF.lstm(nn.Variable((3, 1, 32)), *states((1, 1, 1, 64)))),
    ('N', 'PF.multi_head_attention(x, x, x, 4)',
     lambda: PF.multi_head_attention(*[nn.Variable((3, 1, 64))] * 3, 4)),
]


def states(shape):
    return nn.Variable(shape), nn.Variable(shape)


def parameters(call_layer):
    nn.clear_parameters()
    call_layer()
    return nn.get_parameters(grad_only=False)


for kind, call, call_layer in LAYERS:
    for name in parameters(call_layer):
        if name == 'lstm/weight_l0':  # the weights of the inputs stand beside those of the hidden state
            tensor(call, kind, f'{name}[..., :32]', lambda: parameters(call_layer)[name].d[..., :32])
            tensor(call, kind, f'{name}[..., 32:]', lambda: parameters(call_layer)[name].d[..., 32:])
        else:
            tensor(call, kind, name, lambda: parameters(call_layer)[name].d.copy())

SHAPES = {'D': ((100, 300), (300, 100)), 'C': ((8, 3, 5, 5), (3, 8, (5, 5)))}  # shape, arguments of the functions
for kind, (shape, sizes) in SHAPES.items():
    for call in ('calc_normal_std_he_forward', 'calc_normal_std_he_backward', 'calc_normal_std_glorot'):
        tensor(f'NormalInitializer({call}(...))', kind, 'weight',
               lambda: init.NormalInitializer(getattr(init, call)(*sizes))(shape))
    tensor('UniformInitializer(calc_uniform_lim_glorot(...))', kind, 'weight',
           lambda: init.UniformInitializer(init.calc_uniform_lim_glorot(*sizes))(shape))
    for call in ('NormalInitializer', 'UniformInitializer', 'OrthogonalInitializer'):
        tensor(f'{call}()', kind, 'weight', lambda: getattr(init, call)()(shape))


def outputs(seed):
    nn.clear_parameters()
    random.prng.seed(seed)
    a = nn.Variable.from_numpy_array(inputs(seed))
    for layer in range(DEPTH):
        a = F.relu(PF.affine(a, WIDTH, name=f'layer{layer}'))
        a.forward()
        yield a.d.copy()


network('PF.affine, F.relu', outputs)
