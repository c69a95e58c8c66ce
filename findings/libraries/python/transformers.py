"""transformers.py: what Transformers draws: the weights of some of its models, and the initializers of its own.

Models are made from a configuration; none is downloaded. Sizes are small where the rule does not depend on them.
"""
import os

os.environ.setdefault('TRANSFORMERS_VERBOSITY', 'error')
import torch
import transformers
from rows import inputs, table
from transformers import (
    BertConfig, BertModel, CLIPConfig, CLIPModel, GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM,
    MambaConfig, MambaForCausalLM, T5Config, T5Model, ViTConfig, ViTModel, Wav2Vec2Config, Wav2Vec2Model,
)
from transformers import initialization as init

tensor, network = table('Python', 'Transformers', transformers.__version__)
torch.manual_seed(1)

MODELS = [  # call, tensors, model
    ('BertModel(BertConfig(num_hidden_layers=1))',
     ['embeddings.word_embeddings.weight', 'encoder.layer.0.attention.self.query.weight',
      'encoder.layer.0.intermediate.dense.weight', 'encoder.layer.0.intermediate.dense.bias'],
     lambda: BertModel(BertConfig(num_hidden_layers=1))),
    ('GPT2LMHeadModel(GPT2Config(n_layer=12, n_embd=192, vocab_size=5000))',
     ['transformer.wte.weight', 'transformer.h.0.attn.c_attn.weight', 'transformer.h.0.attn.c_proj.weight',
      'transformer.h.0.mlp.c_proj.weight', 'transformer.h.0.mlp.c_proj.bias'],
     lambda: GPT2LMHeadModel(GPT2Config(n_layer=12, n_embd=192, vocab_size=5000))),
    ('LlamaForCausalLM(LlamaConfig(num_hidden_layers=1, hidden_size=512, intermediate_size=1024, vocab_size=5000))',
     ['model.layers.0.self_attn.q_proj.weight', 'model.layers.0.mlp.down_proj.weight', 'lm_head.weight'],
     lambda: LlamaForCausalLM(LlamaConfig(num_hidden_layers=1, hidden_size=512, intermediate_size=1024,
                                          num_attention_heads=8, vocab_size=5000))),
    ('ViTModel(ViTConfig(num_hidden_layers=1))',
     ['embeddings.patch_embeddings.projection.weight', 'embeddings.position_embeddings',
      'layers.0.attention.q_proj.weight'],
     lambda: ViTModel(ViTConfig(num_hidden_layers=1))),
    ('T5Model(T5Config(num_layers=1, vocab_size=5000))',
     ['shared.weight', 'encoder.block.0.layer.0.SelfAttention.q.weight',
      'encoder.block.0.layer.0.SelfAttention.k.weight', 'encoder.block.0.layer.1.DenseReluDense.wo.weight'],
     lambda: T5Model(T5Config(num_layers=1, vocab_size=5000))),
    ('MambaForCausalLM(MambaConfig(num_hidden_layers=1, vocab_size=5000))',
     ['backbone.embeddings.weight', 'backbone.layers.0.mixer.in_proj.weight',
      'backbone.layers.0.mixer.out_proj.weight'],
     lambda: MambaForCausalLM(MambaConfig(num_hidden_layers=1, vocab_size=5000))),
    ('CLIPModel(CLIPConfig())',
     ['text_model.encoder.layers.0.self_attn.k_proj.weight', 'text_model.encoder.layers.0.self_attn.out_proj.weight',
      'text_model.encoder.layers.0.mlp.fc1.weight', 'vision_model.embeddings.patch_embedding.weight'],
     lambda: CLIPModel(CLIPConfig())),
    ('Wav2Vec2Model(Wav2Vec2Config(num_hidden_layers=1))',
     ['encoder.pos_conv_embed.conv.parametrizations.weight.original1', 'feature_extractor.conv_layers.1.conv.weight'],
     lambda: Wav2Vec2Model(Wav2Vec2Config(num_hidden_layers=1))),
]
for call, names, make in MODELS:
    for name in names:
        tensor(call, 'other', name, lambda: make().get_parameter(name).detach().numpy())

for call in ('lecun_normal_', 'default_flax_embed_init_'):
    for kind, shape in (('D', (100, 300)), ('C', (8, 3, 5, 5))):
        tensor(f'initialization.{call}', kind, 'weight', lambda: getattr(init, call)(torch.empty(shape)).numpy())


def resized():
    """New rows of an embedding, less the mean of the old rows."""
    model = GPT2LMHeadModel(GPT2Config(n_layer=1, n_embd=256, n_head=4, vocab_size=2000))
    rows = model.resize_token_embeddings(3000).weight.detach()
    return (rows[2000:] - rows[:2000].mean(0)).numpy()


tensor('GPT2LMHeadModel(GPT2Config(n_embd=256, vocab_size=2000)).resize_token_embeddings(3000)', 'other',
       'new rows less the mean of the old', resized)


@torch.no_grad()
def outputs(seed):
    torch.manual_seed(seed)
    model = BertModel(BertConfig(hidden_size=256, num_hidden_layers=10, num_attention_heads=4, intermediate_size=256,
                                 hidden_act='relu', vocab_size=100))
    a = torch.from_numpy(inputs(seed))
    for layer in model.encoder.layer:
        a = layer.intermediate(a)
        yield a.numpy()


network("intermediate of BertModel(BertConfig(hidden_size=256, intermediate_size=256, hidden_act='relu'))", outputs)
