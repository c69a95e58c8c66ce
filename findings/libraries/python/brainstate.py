"""brainstate.py: what BrainState draws: its layers' defaults, and its initializers on the weights of a dense layer and of a
convolution."""
import brainstate
import jax
from brainstate.nn import init
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'BrainState', brainstate.__version__)
brainstate.random.seed(1)

LAYERS = [  # kind, and the call that makes the layer
    ('D', 'brainstate.nn.Linear(300, 100)'),
    ('C', 'brainstate.nn.Conv2d((8, 8, 3), 8, 5)'),
    ('G', 'brainstate.nn.Conv2d((8, 8, 32), 32, 3, groups=32)'),
    ('T', 'brainstate.nn.ConvTranspose2d((8, 8, 16), 8, 4)'),
    ('E', 'brainstate.nn.Embedding(1000, 64)'),
    ('R', 'brainstate.nn.LSTMCell(32, 64)'),
    ('other', 'brainstate.nn.LoRA(300, 8, 100)'),
]
INITIALIZERS = [
    'KaimingNormal()', 'KaimingUniform()', 'XavierNormal()', 'XavierUniform()', 'LecunNormal()', 'LecunUniform()',
    'Normal()', 'TruncatedNormal()', 'Uniform()', 'Orthogonal()', 'DeltaOrthogonal()', 'Identity()', 'ZeroInit()',
]
SHAPES = {'D': (300, 100), 'C': (5, 5, 3, 8)}
NOT_TAKEN = {'DeltaOrthogonal()': 'D', 'Identity()': 'C'}


def arrays(layer):
    """The parameters of a layer, by name."""
    states = {'.'.join(path): state.value for path, state in layer.states(brainstate.ParamState).items()}
    return {name + jax.tree_util.keystr(path): leaf for name, value in states.items()
            for path, leaf in jax.tree_util.tree_leaves_with_path(value)}


for kind, call in LAYERS:
    for name in arrays(eval(call)):
        tensor(call, kind, name, lambda: arrays(eval(call))[name])
for call in INITIALIZERS:
    for kind, shape in SHAPES.items():
        if NOT_TAKEN.get(call) != kind:
            tensor(f'brainstate.nn.init.{call}({shape})', kind, 'values', lambda: eval(f'init.{call}')(shape))


def outputs(seed):
    brainstate.random.seed(seed)
    a = inputs(seed)
    for _ in range(DEPTH):
        a = brainstate.nn.relu(brainstate.nn.Linear(WIDTH, WIDTH)(a))
        yield a


network('brainstate.nn.Linear, brainstate.nn.relu', outputs)
