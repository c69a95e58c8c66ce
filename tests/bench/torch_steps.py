"""Times a step of plain SGD in PyTorch, on one thread, for training.js: the network of steps.js, forward, backward, update.

Arguments: sizes as depth,width,batch. Prints the median milliseconds of each as JSON. Where there is no PyTorch it fails.
The examples are noise: the time of a product in PyTorch does not depend on its numbers.
"""

import json
import statistics
import sys
import time

import torch

PIXELS, CLASSES, RATE = 64, 10, 1e-3
ROUNDS, LEAST = 7, 0.1  # samples, and the seconds of each at least


def network(depth, width):
    units = [PIXELS] + [width] * depth
    layers = []
    for fan_in, fan_out in zip(units, units[1:]):
        layers += [torch.nn.Linear(fan_in, fan_out), torch.nn.ReLU()]
    layers.append(torch.nn.Linear(width, CLASSES))
    for layer in layers[::2]:
        torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        torch.nn.init.zeros_(layer.bias)
    return torch.nn.Sequential(*layers)


def seconds_of(step):
    steps, begun = 0, time.perf_counter()
    while steps == 0 or time.perf_counter() - begun < LEAST:
        step()
        steps += 1
    return (time.perf_counter() - begun) / steps


def time_size(depth, width, batch):
    net = network(depth, width)
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE)
    loss_of = torch.nn.CrossEntropyLoss()
    inputs, labels = torch.randn(batch, PIXELS), torch.randint(CLASSES, (batch,))

    def step():
        optimizer.zero_grad()
        loss = loss_of(net(inputs), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    seconds_of(step)  # warms up
    return 1000 * statistics.median(seconds_of(step) for _ in range(ROUNDS))


torch.set_num_threads(1)
torch.manual_seed(1)
print(json.dumps([time_size(*map(int, size.split(","))) for size in sys.argv[1:]]))
