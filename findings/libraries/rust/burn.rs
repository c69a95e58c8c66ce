//! burn.rs: what Burn draws: its layers' defaults, and Initializer on dense layers and convolutions, whose biases it draws too.
mod drawn;

use burn::module::{Module, ModuleVisitor, Param};
use burn::nn::attention::MultiHeadAttentionConfig;
use burn::nn::conv::{Conv1dConfig, Conv2dConfig, ConvTranspose2dConfig};
use burn::nn::{EmbeddingConfig, GruConfig, Initializer, LinearConfig, LinearLayout, LstmConfig};
use burn::tensor::{activation::relu, Device, Distribution, Tensor};
use drawn::{Folder, BATCH, DEPTH, WIDTH};

const NORMAL: Initializer = Initializer::KaimingNormal { gain: 1.0, fan_out_only: false };
const INITIALIZERS: [Initializer; 12] = [
    Initializer::KaimingUniform { gain: 1.0, fan_out_only: false },
    Initializer::KaimingUniform { gain: 1.0, fan_out_only: true },
    NORMAL,
    Initializer::KaimingNormal { gain: 1.0, fan_out_only: true },
    Initializer::KaimingNormal { gain: std::f64::consts::SQRT_2, fan_out_only: false },
    Initializer::XavierUniform { gain: 1.0 },
    Initializer::XavierNormal { gain: 1.0 },
    Initializer::Normal { mean: 0.0, std: 1.0 },
    Initializer::Uniform { min: -1.0, max: 1.0 },
    Initializer::Constant { value: 0.5 },
    Initializer::Ones,
    Initializer::Zeros,
];

/// Collects each parameter of a module, by the path of its fields.
#[derive(Default)]
struct Collector {
    path: Vec<String>,
    tensors: Vec<drawn::Tensor>,
}

impl ModuleVisitor for Collector {
    fn enter_module(&mut self, name: &str, _: &str) {
        self.path.push(name.to_string());
    }
    fn exit_module(&mut self, _: &str, _: &str) {
        self.path.pop();
    }
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let data = param.val().into_data();
        let shape = data.shape().iter().copied().collect();
        self.tensors.push(drawn::Tensor { name: self.path.join("."), shape, values: data.iter::<f32>().collect() });
    }
}

fn parameters(module: impl Module) -> Vec<drawn::Tensor> {
    let mut collector = Collector::default();
    module.visit(&mut collector);
    collector.tensors
}

fn outputs(seed: u64, device: &Device) -> Vec<Vec<f32>> {
    device.seed(seed);
    let mut a = Tensor::<2>::random([BATCH, WIDTH], Distribution::Normal(0.0, 1.0), device);
    let layer = |_| {
        a = relu(LinearConfig::new(WIDTH, WIDTH).init(device).forward(a.clone()));
        a.to_data().iter::<f32>().collect()
    };
    (0..DEPTH).map(layer).collect()
}

fn main() {
    let device = Device::ndarray();
    device.seed(1);
    let mut folder = Folder::new();
    let dense = LinearConfig::new(300, 100);
    let column = LinearConfig::new(300, 100).with_layout(LinearLayout::Col);
    let convolution = Conv2dConfig::new([3, 8], [5, 5]);
    let depthwise = Conv2dConfig::new([32, 32], [3, 3]).with_groups(32);

    folder.layer("LinearConfig::new(300, 100)", "D", || parameters(dense.init(&device)));
    folder.layer("LinearConfig::new(300, 100).with_layout(LinearLayout::Col)", "D", || parameters(column.init(&device)));
    folder.layer("Conv2dConfig::new([3, 8], [5, 5])", "C", || parameters(convolution.init(&device)));
    folder.layer("Conv2dConfig::new([32, 32], [3, 3]).with_groups(32)", "G", || parameters(depthwise.init(&device)));
    folder.layer("ConvTranspose2dConfig::new([16, 8], [4, 4])", "T", || {
        parameters(ConvTranspose2dConfig::new([16, 8], [4, 4]).init(&device))
    });
    folder.layer("EmbeddingConfig::new(1000, 64)", "E", || parameters(EmbeddingConfig::new(1000, 64).init(&device)));
    folder.layer("LstmConfig::new(32, 64, true)", "R", || parameters(LstmConfig::new(32, 64, true).init(&device)));
    folder.layer("MultiHeadAttentionConfig::new(64, 4)", "N", || {
        parameters(MultiHeadAttentionConfig::new(64, 4).init(&device))
    });
    folder.layer("GruConfig::new(32, 64, true)", "other", || parameters(GruConfig::new(32, 64, true).init(&device)));
    folder.layer("Conv1dConfig::new(3, 8, 5)", "other", || parameters(Conv1dConfig::new(3, 8, 5).init(&device)));

    for initializer in &INITIALIZERS {
        let call = format!("Initializer::{initializer:?}");
        folder.layer(&call, "D", || parameters(dense.clone().with_initializer(initializer.clone()).init(&device)));
        folder.layer(&call, "C", || parameters(convolution.clone().with_initializer(initializer.clone()).init(&device)));
    }
    for initializer in [&INITIALIZERS[5], &NORMAL] {
        let call = format!("Initializer::{initializer:?}, LinearLayout::Col");
        folder.layer(&call, "D", || parameters(column.clone().with_initializer(initializer.clone()).init(&device)));
        let call = format!("Initializer::{initializer:?}, groups 32");
        folder.layer(&call, "G", || parameters(depthwise.clone().with_initializer(initializer.clone()).init(&device)));
    }
    let orthogonal = Initializer::Orthogonal { gain: 1.0 }; // it refuses biases
    let call = format!("Initializer::{orthogonal:?}");
    folder.layer(&call, "D", || {
        parameters(dense.clone().with_bias(false).with_initializer(orthogonal.clone()).init(&device))
    });
    folder.layer(&call, "C", || {
        parameters(convolution.clone().with_bias(false).with_initializer(orthogonal.clone()).init(&device))
    });
    folder.network("LinearConfig, relu", |seed| outputs(seed, &device));
}
