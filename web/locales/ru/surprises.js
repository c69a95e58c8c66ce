/**
 * surprises.js: what libraries do that one would not expect, in Russian: for each a title and two sentences.
 */

/** @type {typeof import('../en/surprises.js').SURPRISE_TEXTS} */
export const SURPRISE_TEXTS = {
  'keras-attention': {
    title: 'С версии 3.15 веса внимания в Keras шире',
    text: 'MultiHeadAttention теперь берёт fan_in и fan_out из своего уравнения: при ширине 64 и четырёх головах оба равны 64, и std равно 0,125. До версии 3.14 включительно и в Keras 2 форма (64, 4, 16) считалась ядром свёртки, поэтому для query, key и value выходило 256 и 1024, а std было 0,0395.',
  },
  'keras-depthwise': {
    title: 'Поканальная свёртка в Keras получает слишком узкие веса',
    text: 'DepthwiseConv2D считает входами все 32 канала, хотя каждый выход видит только один: fan_in равен 288 вместо 9, и у HeNormal std 0,0833 вместо 0,471. Тот же слой, записанный как Conv2D(groups=32), имеет fan_in 9 и fan_out 288, и HeNormal там верна.',
  },
  'keras-shared-seed': {
    title: 'В Keras query, key и value могут совпасть',
    text: 'Инициализатор с зерном SeedGenerator внутри слоя даёт всем весам одной формы одни и те же числа. В MultiHeadAttention тогда query, key и value — одна и та же матрица.',
  },
  'pytorch-transposed': {
    title: 'Транспонированная свёртка в PyTorch принимает выходы за входы',
    text: 'nn.ConvTranspose2d хранит каналы в обратном порядке, а fan_in считается так, будто порядок обычный: для каналов 16 → 8 это 8 × 4 × 4 = 128, хотя при шаге 1 в один выход входят 256 чисел. Так же поступают Keras и Burn.',
  },
  'pytorch-bias-floor': {
    title: 'Смещения в PyTorch не дают сигналу исчезнуть',
    text: 'Одни веса nn.Linear по умолчанию уменьшают сигнал с ReLU в √6 раз за слой. Смещения добавляют к дисперсии каждого слоя 1 / (3 fan_in), и при ширине 256 СКЗ останавливается на 0,028, а не падает за десять слоёв до 0,0001.',
  },
  'pytorch-attention': {
    title: 'Три матрицы в одной получают в PyTorch меньший разброс',
    text: 'nn.MultiheadAttention складывает query, key и value в одну матрицу и инициализирует её по Xavier как слой 64 → 192: std 0,0884. Если задать отдельный kdim, матриц три, по 64 входа и 64 выхода, и std равно 0,125.',
  },
  'pytorch-encoder': {
    title: 'В новом nn.TransformerEncoder все слои одинаковы',
    text: 'Энкодер копирует переданный ему слой вместе с весами. Слои станут разными, только если их инициализировать заново или обучить.',
  },
  'pytorch-weight-norm': {
    title: 'Под weight_norm инициализация в PyTorch ничего не меняет',
    text: 'С parametrizations.weight_norm атрибут weight вычисляется заново при каждом чтении. nn.init.kaiming_normal_(layer.weight) заполняет такую копию, и в слое молча остаются веса по умолчанию.',
  },
  'pytorch-orthogonal': {
    title: 'В parametrizations PyTorch ортогональна другая матрица',
    text: 'parametrizations.orthogonal делает ортогональным каждое ядро 5 × 5 само по себе: std 0,447. nn.init.orthogonal_ делает одной ортогональной матрицей весь слой: для каналов 3 → 8 это std 0,115.',
  },
  'jax-bfloat16': {
    title: 'У весов JAX в bfloat16 среднее не равно нулю',
    text: 'В bfloat16 у jax.random всего 128 значений, и их среднее на 1,8\u00a0% std ниже нуля. На положительных входах это складывается: в сети с ReLU, he_normal и шириной 2048 после пяти слоёв от СКЗ 1,00 остаётся 0,26.',
  },
  'jax-untruncated': {
    title: '«normal» в Keras обрезано, а в JAX нет',
    text: 'VarianceScaling(distribution="normal") в Keras даёт нормальное распределение, обрезанное на двух σ и с поправкой на это. То же слово в variance_scaling из JAX, а также в Haiku и Sonnet означает нормальное без обрезки.',
  },
  'jax-one-key': {
    title: 'Один ключ при двух формах даёт в JAX одни и те же числа',
    text: 'У слоёв 300 → 100 и 100 → 300 с одним ключом одинаковые веса, только в другом порядке: корреляция равна 1. В PyTorch randn(15) не совпадает даже с началом randn(16).',
  },
  'flax-batch-axis': {
    title: 'Flax считает ось батча входами',
    text: 'DenseGeneral(batch_dims) и nnx.LinearGeneral(batch_axis) хранят по матрице на каждый элемент батча, и fan_in учитывает их все. При 5 элементах по 64 входа std равно 0,0559 вместо 0,125.',
  },
  'flax-weight-norm': {
    title: 'Под WeightNorm во Flax масштаб не зависит от инициализации',
    text: 'nn.WeightNorm сначала задаёт все длины равными 1, какие бы веса слой ни получил. Хе, Xavier и LeCun дают тогда одну и ту же сеть; в Equinox длины сначала равны длинам весов.',
  },
  'haiku-uncorrected': {
    title: 'Обрезанное нормальное в Haiku на 12\u00a0% уже',
    text: 'hk.Linear обрезает нормальное распределение на двух σ без поправки, и его std равно 0,88 / √fan_in. Во Flax поправка есть, и через десять линейных слоёв сигналы различаются в 3,6 раза.',
  },
  'haiku-transposed': {
    title: 'Haiku считает транспонированную свёртку двумя способами',
    text: 'По умолчанию hk.Conv2DTranspose для каналов 16 → 8 считает 256 входов, и при шаге 1 это верно. VarianceScaling с fan_in для того же слоя считает 128: это его выходы.',
  },
  'burn-columns': {
    title: 'В Burn другая раскладка меняет fan_in и fan_out местами',
    text: 'С LinearLayout::Col у слоя 300 → 100 fan_in равен 100. Веса по умолчанию получают тогда std 0,0577 вместо 0,0333.',
  },
  'mxnet-uniform': {
    title: 'Веса MXNet по умолчанию не зависят от числа входов',
    text: 'Gluon берёт любой вес из U(−0,07, 0,07), сколько бы входов у слоя ни было. При ширине 256 сигнал сети с ReLU слабеет в 2,2 раза за слой, и после десяти остаётся 0,0004.',
  },
  'mxnet-orthogonal': {
    title: 'В MXNet и Chainer ортогональная матрица не ортонормирована',
    text: 'Orthogonal() в MXNet умножает матрицу на 1,414, в Chainer на 1,1. Десять линейных слоёв MXNet увеличивают сигнал в 32 раза.',
  },
  'mlx-he': {
    title: 'he_normal в MLX — это LeCun',
    text: 'Множитель без явного указания равен 1, поэтому дисперсия 1 / fan_in, а не 2 / fan_in. Так же устроена HeNormal в Lasagne, и сигнал сети с ReLU слабеет тогда в √2 раза за слой.',
  },
  'djl-xavier': {
    title: 'Xavier в DJL шире в √2 раза',
    text: 'XavierInitializer() берёт веса из U(±√(12 / (fan_in + fan_out))), а у Xavier в границе стоит 6. С ReLU это случайно оказывается дисперсией Хе, и сигнал сохраняется.',
  },
  'gorgonia-glorot': {
    title: 'GlorotU в Gorgonia с одинарной точностью даёт нормальное распределение',
    text: 'Буква U означает равномерное распределение, и в Float64 оно такое. В Float32 веса нормальны, с тем же std.',
  },
  'thinc-zeros': {
    title: 'normal_init в thinc заполняет слой нулями',
    text: 'Аргумент с именем mean служит там стандартным отклонением, а по умолчанию он равен 0. Поэтому normal_init() даёт одни нули.',
  },
  'thinc-maxout': {
    title: 'Слой Maxout в thinc принимает число частей за число входов',
    text: 'С he_normal_init у Maxout(100, 300) из трёх частей fan_in равен 3. Поэтому std 0,816 вместо 0,0816: в десять раз больше, чем нужно.',
  },
  'transformers-lecun': {
    title: 'lecun_normal_ в Transformers шире на 13,7\u00a0%',
    text: 'Веса увеличены ради поправки на обрезку на двух σ, но обрезки потом нет. За десять линейных слоёв это даёт 3,6 раза.',
  },
  'timm-minus-two': {
    title: 'Вес, в точности равный −2, в timm',
    text: 'trunc_normal_(std=0.02) один раз на 2²⁴ весов даёт −2, то есть сто σ; в bfloat16 один раз на 512. В новой ViT-L таких весов около 18.',
  },
  'encog-positive': {
    title: 'Нгуен — Уидроу в Encog: все веса положительны или все равны 0',
    text: 'NguyenWidrowRandomizer берёт веса сигмоидного слоя 300 → 100 из U(0, 1,42): отрицательных нет, и почти все нейроны насыщаются. У слоёв с ReLU или без активации все веса и смещения остаются равными 0.',
  },
  'opencv-sum': {
    title: 'В OpenCV модули весов нейрона в сумме дают 1',
    text: 'ANN_MLP делит веса каждого скрытого нейрона на сумму их модулей, и std получается 1,15 / n, хотя сигнал сохранило бы 1 / √n. Каждая новая сеть той же формы начинает с одних и тех же чисел.',
  },
  'dl4j-zeros': {
    title: 'У усечённого нормального в DL4J есть пик в нуле',
    text: 'За два std выходит 4,55\u00a0% значений, и половину из них TruncatedNormalDistribution заменяет самим средним. Поэтому 2,3\u00a0% весов равны ровно 0.',
  },
  'tfjs-zero': {
    title: 'В TensorFlow.js аргумент 0 не действует',
    text: 'randomUniform({minval: 0, maxval: 1}) берёт числа из U(−0,05, 1), а у randomNormal({stddev: 0}) std равно 0,05: вместо 0 подставляется значение по умолчанию. varianceScaling({distribution: "truncatedNormal"}) оказывается равномерным.',
  },
  'neataptic-positive': {
    title: 'Все веса сети neataptic положительны',
    text: 'new Network(300, 100) берёт веса из U(0, √(2 n)): при 300 входах они доходят до 24,5. Perceptron из той же библиотеки берёт их из U(±0,1).',
  },
  'dlib-fans': {
    title: 'В dlib ядро не входит в fan_out',
    text: 'Для ядра 5 × 5 и каналов 3 → 8 слой con считает 75 входов, но 8 выходов вместо 200. По Xavier выходит std 0,155, а верно 0,0853.',
  },
};
