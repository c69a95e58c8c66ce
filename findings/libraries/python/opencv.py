"""opencv.py: what OpenCV draws: ml.ANN_MLP. Each of its networks draws the same numbers, from a generator with a fixed seed.
So the networks here have as many units as values are asked for, and the 20 networks of ten layers have the same weights."""
import cv2
import numpy as np
from rows import DEPTH, WIDTH, inputs, table

tensor, network = table('Python', 'OpenCV', cv2.__version__)


def perceptron(*sizes):
    """The weights of a new network's layers, their biases in the last row. `train` alone draws, so it is trained for one
    step, which is tiny, and moves no weight of an input that is zero."""
    net = cv2.ml.ANN_MLP_create()
    net.setLayerSizes(np.array(sizes))
    net.setActivationFunction(cv2.ml.ANN_MLP_SIGMOID_SYM, 1, 1)
    net.setTrainMethod(cv2.ml.ANN_MLP_BACKPROP, 2e-7, 0)
    net.setTermCriteria((cv2.TERM_CRITERIA_MAX_ITER, 1, 0))
    net.train(np.zeros((1, sizes[0]), np.float32), cv2.ml.ROW_SAMPLE, np.zeros((1, sizes[-1]), np.float32))
    return [net.getWeights(i) for i in range(1, len(sizes))]


tensor('ml.ANN_MLP, layers of 300, 700, 10', 'D', 'weights of the hidden layer', lambda: perceptron(300, 700, 10)[0][:-1])
tensor('ml.ANN_MLP, layers of 75, 2700, 10', 'other', 'weights of the hidden layer',
       lambda: perceptron(75, 2700, 10)[0][:-1])
tensor('ml.ANN_MLP, layers of 300, 700, 10', 'other', "sum of a hidden unit's absolute weights",
       lambda: np.abs(perceptron(300, 700, 10)[0][:-1]).sum(axis=0).astype(np.float32))
tensor('ml.ANN_MLP, layers of 2, 2000, 100', 'other', 'weights of the output layer',
       lambda: perceptron(2, 2000, 100)[1][:-1])


def outputs(seed):
    a = inputs(seed)
    for layer in perceptron(*[WIDTH] * (DEPTH + 1), 1)[:DEPTH]:
        a = np.maximum(a @ layer[:-1] + layer[-1], 0)
        yield a


network('ml.ANN_MLP', outputs)
