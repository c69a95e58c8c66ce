"""timm.py: what timm draws: its own initializers, and the weights of some of its models.

Layers of its own with defaults of their own it has none: outside its models a dense layer is PyTorch's. No model is
downloaded.
"""
import timm
import torch
from rows import inputs, table
from timm.layers import lecun_normal_, trunc_normal_, trunc_normal_tf_, variance_scaling_
from timm.models.vision_transformer import VisionTransformer

tensor, network = table('Python', 'timm', timm.__version__)
torch.manual_seed(1)

INITIALIZERS = [  # name, options, function
    ('trunc_normal_', {}, trunc_normal_),
    ('trunc_normal_', {'std': 0.02}, trunc_normal_),
    ('trunc_normal_tf_', {'std': 0.02}, trunc_normal_tf_),
    ('variance_scaling_', {}, variance_scaling_),
    ('variance_scaling_', {'mode': 'fan_out'}, variance_scaling_),
    ('variance_scaling_', {'mode': 'fan_avg'}, variance_scaling_),
    ('variance_scaling_', {'distribution': 'uniform'}, variance_scaling_),
    ('variance_scaling_', {'distribution': 'truncated_normal'}, variance_scaling_),
    ('lecun_normal_', {}, lecun_normal_),
]


def drawn(initialize, options, *shape, dtype=torch.float32):
    weight = torch.empty(shape, dtype=dtype)
    initialize(weight, **options)
    return weight.float().numpy()


for name, options, initialize in INITIALIZERS:
    call = f'{name}({", ".join(f"{key}={value!r}" for key, value in options.items())})'
    tensor(call, 'D', 'weight', lambda: drawn(initialize, options, 100, 300))
    tensor(call, 'C', 'weight', lambda: drawn(initialize, options, 8, 3, 5, 5))

# The least uniform number, -1, becomes the lower bound: once in 2^24 numbers of 32 bits, once in 2^9 in bfloat16.
tensor('trunc_normal_(torch.empty(8192, 8192), std=0.02)', 'other', 'weight',
       lambda: drawn(trunc_normal_, {'std': 0.02}, 8192, 8192))
for dtype in (torch.bfloat16, torch.float16):
    tensor(f'trunc_normal_(torch.empty(100, 300, dtype={dtype}), std=0.02)', 'D', 'weight',
           lambda: drawn(trunc_normal_, {'std': 0.02}, 100, 300, dtype=dtype))

TRANSFORMER = ['patch_embed.proj.weight', 'blocks.0.attn.qkv.weight', 'blocks.0.attn.proj.weight',
               'blocks.0.mlp.fc1.weight', 'blocks.0.mlp.fc1.bias', 'head.weight']
MODELS = [(f'VisionTransformer(embed_dim=192, depth=1, num_heads=3, weight_init={scheme!r})', TRANSFORMER,
           lambda scheme=scheme: VisionTransformer(embed_dim=192, depth=1, num_heads=3, weight_init=scheme))
          for scheme in ('', 'jax', 'moco')]
MODELS += [(f'create_model({name!r})', tensors, lambda name=name: timm.create_model(name)) for name, tensors in (
    ('resnet18', ['layer4.1.conv1.weight', 'layer4.0.bn2.weight', 'fc.weight']),
    ('convnext_atto', ['stages.3.blocks.0.conv_dw.weight', 'stages.3.blocks.0.mlp.fc1.weight', 'head.fc.weight']),
    ('efficientnet_b0', ['conv_head.weight', 'blocks.5.0.conv_dw.weight', 'classifier.weight']),
)]
for call, names, make in MODELS:
    for name in names:
        tensor(call, 'other', name, lambda: make().get_parameter(name).detach().numpy())


@torch.no_grad()
def outputs(seed):
    torch.manual_seed(seed)
    model = VisionTransformer(img_size=32, embed_dim=256, depth=10, num_heads=4, mlp_ratio=1)
    a = torch.from_numpy(inputs(seed))
    for block in model.blocks:
        a = torch.relu(block.mlp.fc1(a))
        yield a.numpy()


network('mlp.fc1 of VisionTransformer(embed_dim=256, depth=10, num_heads=4, mlp_ratio=1), torch.relu', outputs)
