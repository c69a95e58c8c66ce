#!/usr/bin/env bash
# torchscale-deepnorm.sh: the library of DeepNorm's own authors draws nothing from Xavier; it divides PyTorch's defaults, and
# the biases with them.
#
# Guess, written down before: with deepnorm=True, TorchScale draws the weights of the feed-forward layers and of the value and
# output projections as figure 2 of the paper does (Wang et al. 2022): Xavier normal with the gain beta = (8 N)^(-1/4), and
# query and key with the gain 1. Biases are 0.
# Seen on 29 November 2026, TorchScale 0.3.0 with PyTorch 2.15.0, an encoder of 12 layers, 768 wide, 3,072 inside: weights are
# uniform, with the std 1 / sqrt(3 fan_in) of nn.Linear, divided by (8 N)^(1/4) where the paper has beta. So their std is
# 0.91 of the paper's in the first feed-forward layer, 0.46 in the second, 0.58 in the projections. The biases of these
# layers, drawn by nn.Linear, are divided too; none is 0. The attention has a method that draws from Xavier, and the
# encoder does not call it.
#
# Installs pinned packages into a temporary folder. Exits with 1 if a ratio is not within 2 % of these, or a bias is 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install -q torch==2.15.0 torchvision==0.29.2 numpy==2.4.6 pillow==12.0.0 wheel==0.46.3 setuptools==82.0.1
# without their dependencies: they pin a timm whose own list is long
"$folder/bin/pip" install -q --no-deps --no-build-isolation torchscale==0.3.0 timm==0.6.13 fairscale==0.4.0
"$folder/bin/python" -W ignore - <<'END'
import math
from importlib.metadata import version

import torch
from torchscale.architecture.config import EncoderConfig
from torchscale.architecture.encoder import Encoder

torch.manual_seed(0)
LAYERS, WIDTH, INSIDE = 12, 768, 3072
config = EncoderConfig(encoder_layers=LAYERS, encoder_embed_dim=WIDTH, encoder_ffn_embed_dim=INSIDE, deepnorm=True,
                       vocab_size=1000, no_output_layer=True)
layer = Encoder(config).layers[0]
beta = (8 * LAYERS) ** -0.25
EXPECTED = {  # name: the paper's gain, and std / the paper's std as seen
    'self_attn.q_proj': (1, math.sqrt(1 / 3)),
    'self_attn.v_proj': (beta, math.sqrt(1 / 3)),
    'self_attn.out_proj': (beta, math.sqrt(1 / 3)),
    'ffn.fc1': (beta, math.sqrt((WIDTH + INSIDE) / (6 * WIDTH))),
    'ffn.fc2': (beta, math.sqrt((WIDTH + INSIDE) / (6 * INSIDE))),
}
print('torch', version('torch'), 'torchscale', version('torchscale'))
same = True
for name, (gain, expected) in EXPECTED.items():
    linear = layer.get_submodule(name)
    weight = linear.weight
    paper = gain * math.sqrt(2 / sum(weight.shape))
    ratio = weight.std().item() / paper
    zeros = (linear.bias == 0).sum().item()
    print(f'{name}: std {weight.std().item():.5f}, paper {paper:.5f}, ratio {ratio:.3f}, '
          f'largest / std {weight.abs().max().item() / weight.std().item():.3f} (uniform: 1.732), '
          f'biases: std {linear.bias.std().item():.5f}, {zeros} of {linear.bias.numel()} are 0')
    same &= abs(ratio / expected - 1) < 0.02 and zeros == 0
raise SystemExit(0 if same else 1)
END
