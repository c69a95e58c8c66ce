/*
 * Finds what was left untranslated in a Russian text. Names, symbols and words of code may be in Latin letters; any other
 * Latin word counts as untranslated. Grammar is not checked.
 */

const NAMES = [
  'Initscope PyTorch Keras JAX MXNet Xavier Kaiming LeCun MSRA PReLU GPT muP LSUV',
  'LSTM ReLU Leaky ELU SELU GELU SiLU Mish tanh softplus softsign hardtanh sin softmax',
  // words of the stack notation
  'conv convT maxpool avgpool gap flatten layernorm rmsnorm batchnorm add glu swiglu geglu prelu GLU SwiGLU GEGLU stream branch epsilon RMS average x tanh he-normal he normal gain relu pytorch forward backward',
  'tinygrad true false keras jax whole channels weights preactivations activations weight gradients none valid avg geo uniform truncated raw',
  'L LeNet AlexNet SIREN VGG MobileNet DCGAN ResNet Fixup ReZero SkipInit DeepNorm MLP v1 v',
  // authors of papers
  'Xiong Vaswani Radford Zhang Bachlechner De Smith Wang Hayou',
  'SGD Adam optax TensorFlow js scikit learn ConvNetJS UCI OpenCV ANN_MLP timm DL J DJL Transformers Encog FANN',
  'bf bfloat WebAssembly SIMD Chrome Edge Firefox Safari PNG JPEG GIF WebP AVIF HEIC SVG NaN',
  'One one hot Enter fan_in fan_out fan in out std Var max ln e E U W dW dL dz d z a b w g q A B same valid float x EN English RU _b _w',
];
const ALLOWED = new Set(NAMES.join(' ').split(' '));

/** The words of a text that should be Russian but are not. @param {string} text */
export const foreign = (text) => (text.match(/[A-Za-z_]+/g) ?? []).filter((word) => !ALLOWED.has(word));
