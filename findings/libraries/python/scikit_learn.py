"""scikit_learn.py: what scikit-learn draws: the multilayer perceptrons, by their activation, and other random weights."""
import warnings

import numpy as np
import sklearn
from rows import DEPTH, WIDTH, inputs, table
from sklearn.kernel_approximation import RBFSampler, SkewedChi2Sampler
from sklearn.neural_network import BernoulliRBM, MLPClassifier, MLPRegressor

warnings.simplefilter('ignore')  # no training converges here
tensor, network = table('Python', 'scikit-learn', sklearn.__version__)
np.random.seed(1)

FEW = 20_000  # values, of tensors of 100: each is drawn by a fit
X = np.zeros((10, 300))
CLASSES = np.arange(10)
NO_TRAINING = dict(max_iter=1, solver='sgd', learning_rate_init=1e-300)  # one step, too small for a float of 64 bits


def perceptron(make):
    """Gives a function that draws attribute[i] of a new network. They are made once, as each one is trained for a step."""
    made = []

    def draws(attribute, i):
        index = 0

        def draw():
            nonlocal index
            if index == len(made):
                made.append(make())
            index += 1
            return getattr(made[index - 1], attribute)[i]

        return draw

    return draws


for call, make in [(f"MLPClassifier(activation='{activation}')",
                    lambda a=activation: MLPClassifier(activation=a, **NO_TRAINING).fit(X, CLASSES))
                   for activation in ('relu', 'logistic')]:
    draws = perceptron(make)
    tensor(call, 'D', 'coefs_[0]', draws('coefs_', 0))
    tensor(call, 'D', 'intercepts_[0]', draws('intercepts_', 0), least=FEW)
draws = perceptron(lambda: MLPRegressor(**NO_TRAINING).fit(X, CLASSES))
tensor('MLPRegressor()', 'D', 'coefs_[0]', draws('coefs_', 0))
tensor('MLPRegressor()', 'other', 'coefs_[1]', draws('coefs_', 1), least=FEW)

for attribute in ('components_', 'intercept_hidden_', 'intercept_visible_'):  # the step is too small for 32 bits, too
    tensor('BernoulliRBM(100)', 'D', attribute,
           lambda: getattr(BernoulliRBM(100, n_iter=1, learning_rate=1e-300).fit(X), attribute).astype(np.float32))
for call, make in [('RBFSampler(gamma=1, n_components=100)', lambda: RBFSampler(gamma=1, n_components=100)),
                   ('SkewedChi2Sampler(n_components=100)', lambda: SkewedChi2Sampler(n_components=100))]:
    tensor(call, 'other', 'random_weights_', lambda: make().fit(X).random_weights_)
    tensor(call, 'other', 'random_offset_', lambda: make().fit(X).random_offset_, least=FEW)


def outputs(seed):
    np.random.seed(seed)
    targets = np.zeros((2, WIDTH))
    net = MLPRegressor(hidden_layer_sizes=[WIDTH] * (DEPTH - 1), **NO_TRAINING).fit(np.zeros((2, WIDTH)), targets)
    a = inputs(seed)
    for weights, biases in zip(net.coefs_, net.intercepts_):  # predict gives the last layer alone
        a = np.maximum(a @ weights + biases, 0)
        yield a


network('MLPRegressor(hidden_layer_sizes=[256, ...])', outputs)
