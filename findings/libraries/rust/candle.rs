//! candle.rs: what candle draws: its layers' defaults, and Init on the weights of a dense layer and of convolutions.
mod drawn;

use candle_core::{DType, Device, Result, Tensor};
use candle_nn::init::{FanInOut, NonLinearity, NormalOrUniform, DEFAULT_KAIMING_NORMAL, DEFAULT_KAIMING_UNIFORM};
use candle_nn::{Init, Module, VarBuilder, VarMap};
use drawn::{Folder, BATCH, DEPTH, WIDTH};

type Make = fn(VarBuilder) -> Result<()>;

const LAYERS: [(&str, &str, Make); 15] = [
    ("D", "linear(300, 100, vb)", |vb| candle_nn::linear(300, 100, vb).map(drop)),
    ("C", "conv2d(3, 8, 5, Default::default(), vb)", |vb| candle_nn::conv2d(3, 8, 5, Default::default(), vb).map(drop)),
    ("G", "conv2d(32, 32, 3, Conv2dConfig { groups: 32, .. }, vb)", |vb| {
        candle_nn::conv2d(32, 32, 3, candle_nn::Conv2dConfig { groups: 32, ..Default::default() }, vb).map(drop)
    }),
    ("T", "conv_transpose2d(16, 8, 4, Default::default(), vb)", |vb| {
        candle_nn::conv_transpose2d(16, 8, 4, Default::default(), vb).map(drop)
    }),
    ("E", "embedding(1000, 64, vb)", |vb| candle_nn::embedding(1000, 64, vb).map(drop)),
    ("R", "lstm(32, 64, Default::default(), vb)", |vb| candle_nn::lstm(32, 64, Default::default(), vb).map(drop)),
    ("other", "gru(32, 64, Default::default(), vb)", |vb| candle_nn::gru(32, 64, Default::default(), vb).map(drop)),
    ("other", "conv1d(3, 8, 5, Default::default(), vb)", |vb| {
        candle_nn::conv1d(3, 8, 5, Default::default(), vb).map(drop)
    }),
    ("other", "conv_transpose1d(16, 8, 4, Default::default(), vb)", |vb| {
        candle_nn::conv_transpose1d(16, 8, 4, Default::default(), vb).map(drop)
    }),
    ("other", "layer_norm(64, 1e-5, vb)", |vb| candle_nn::layer_norm(64, 1e-5, vb).map(drop)),
    ("other", "batch_norm(64, 1e-5, vb)", |vb| candle_nn::batch_norm(64, 1e-5, vb).map(drop)),
    ("other", "prelu(Some(8), vb)", |vb| candle_nn::prelu(Some(8), vb).map(drop)),
    ("D", "vb.get((100, 300), \"weight\")", |vb| vb.get((100, 300), "weight").map(drop)),
    ("D", "linear_no_bias(300, 100, vb)", |vb| candle_nn::linear_no_bias(300, 100, vb).map(drop)),
    ("C", "conv2d_no_bias(3, 8, 5, Default::default(), vb)", |vb| {
        candle_nn::conv2d_no_bias(3, 8, 5, Default::default(), vb).map(drop)
    }),
];
const SHAPES: [(&str, &[usize]); 4] = [("D", &[100, 300]), ("C", &[8, 3, 5, 5]), ("G", &[32, 1, 3, 3]), ("T", &[16, 8, 4, 4])];
const NON_LINEARITIES: [NonLinearity; 5] =
    [NonLinearity::ReLU, NonLinearity::Linear, NonLinearity::Sigmoid, NonLinearity::Tanh, NonLinearity::SELU];

/// The tensors that a layer asked the VarBuilder for, sorted by name.
fn variables(dtype: DType, make: impl Fn(VarBuilder) -> Result<()>) -> Result<Vec<drawn::Tensor>> {
    let map = VarMap::new();
    make(VarBuilder::from_varmap(&map, dtype, &Device::Cpu))?;
    let mut tensors = Vec::new();
    for (name, variable) in map.data().lock().unwrap().iter() {
        let values = variable.to_dtype(DType::F32)?.flatten_all()?.to_vec1()?;
        tensors.push(drawn::Tensor { name: name.clone(), shape: variable.dims().to_vec(), values });
    }
    tensors.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(tensors)
}

fn outputs() -> Result<Vec<Vec<f32>>> {
    let mut a = Tensor::randn(0f32, 1f32, (BATCH, WIDTH), &Device::Cpu)?; // candle has no seed on the CPU
    let mut layers = Vec::new();
    for _ in 0..DEPTH {
        let map = VarMap::new();
        let layer = candle_nn::linear(WIDTH, WIDTH, VarBuilder::from_varmap(&map, DType::F32, &Device::Cpu))?;
        a = layer.forward(&a)?.relu()?;
        layers.push(a.flatten_all()?.to_vec1()?);
    }
    Ok(layers)
}

fn main() {
    let mut folder = Folder::new();
    for (kind, call, make) in LAYERS {
        folder.layer(call, kind, || variables(DType::F32, make).unwrap());
    }
    let draw = |folder: &mut Folder, call: &str, kind: &str, shape: &'static [usize], init: Init, dtype| {
        let make = |vb: VarBuilder| vb.get_with_hints(shape, "weight", init).map(drop);
        folder.layer(call, kind, || variables(dtype, make).unwrap());
    };
    for dist in [NormalOrUniform::Normal, NormalOrUniform::Uniform] {
        for fan in [FanInOut::FanIn, FanInOut::FanOut] {
            for non_linearity in NON_LINEARITIES {
                let relu = matches!(non_linearity, NonLinearity::ReLU);
                for (kind, shape) in if relu { &SHAPES[..] } else { &SHAPES[..1] } {
                    let init = Init::Kaiming { dist, fan, non_linearity };
                    draw(&mut folder, &format!("Init::{init:?}"), kind, shape, init, DType::F32);
                }
            }
        }
    }
    for (kind, shape) in &SHAPES[..2] {
        for init in [Init::Randn { mean: 0., stdev: 1. }, Init::Uniform { lo: -1., up: 1. }, Init::Const(0.5)] {
            draw(&mut folder, &format!("Init::{init:?}"), kind, shape, init, DType::F32);
        }
        draw(&mut folder, "DEFAULT_KAIMING_NORMAL", kind, shape, DEFAULT_KAIMING_NORMAL, DType::F32);
        draw(&mut folder, "DEFAULT_KAIMING_UNIFORM", kind, shape, DEFAULT_KAIMING_UNIFORM, DType::F32);
    }
    for dtype in [DType::F16, DType::BF16, DType::F64] {
        let call = format!("linear(300, 100, vb), DType::{dtype:?}");
        folder.layer(&call, "D", || variables(dtype, |vb| candle_nn::linear(300, 100, vb).map(drop)).unwrap());
        let call = format!("DEFAULT_KAIMING_UNIFORM, DType::{dtype:?}");
        draw(&mut folder, &call, "D", SHAPES[0].1, DEFAULT_KAIMING_UNIFORM, dtype);
    }
    folder.network("linear, relu", |_| outputs().unwrap());
}
