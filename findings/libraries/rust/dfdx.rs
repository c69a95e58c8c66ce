//! dfdx.rs: what dfdx draws: its layers' defaults. It has no named initializers. Its convolutions need nightly Rust, so they
//! are not here.
mod drawn;

use dfdx::prelude::*;
use dfdx::{nn::builders, nn::modules, shapes::Shape};
use drawn::{Folder, BATCH, DEPTH, WIDTH};

fn one<S: Shape>(name: &str, tensor: &Tensor<S, f32, Cpu>) -> drawn::Tensor {
    drawn::Tensor { name: name.to_string(), shape: tensor.shape().concrete().into_iter().collect(), values: tensor.as_vec() }
}

fn linear<const I: usize, const O: usize>(name: &str, layer: &modules::Linear<I, O, f32, Cpu>) -> [drawn::Tensor; 2] {
    [one(&format!("{name}weight"), &layer.weight), one(&format!("{name}bias"), &layer.bias)]
}

fn outputs(seed: u64) -> Vec<Vec<f32>> {
    let device = Cpu::seed_from_u64(seed);
    let mut a: Tensor<Rank2<BATCH, WIDTH>, f32, _> = device.sample_normal();
    let layer = |_| {
        a = device.build_module::<builders::Linear<WIDTH, WIDTH>, f32>().forward(a.clone()).relu();
        a.as_vec()
    };
    (0..DEPTH).map(layer).collect()
}

fn main() {
    let mut folder = Folder::new();
    let device = Cpu::seed_from_u64(1);
    folder.layer("Linear<300, 100>", "D", || {
        linear("", &device.build_module::<builders::Linear<300, 100>, f32>()).into()
    });
    folder.layer("UnbiasedLinear<300, 100>", "D", || {
        vec![one("weight", &device.build_module::<builders::UnbiasedLinear<300, 100>, f32>().weight)]
    });
    folder.layer("Bias2D<8>", "C", || vec![one("bias", &device.build_module::<builders::Bias2D<8>, f32>().bias)]);
    folder.layer("Embedding<1000, 64>", "E", || {
        vec![one("weight", &device.build_module::<builders::Embedding<1000, 64>, f32>().weight)]
    });
    folder.layer("MultiHeadAttention<64, 4>", "N", || {
        let layer = device.build_module::<builders::MultiHeadAttention<64, 4>, f32>();
        let parts = [("w_q.", &layer.w_q), ("w_k.", &layer.w_k), ("w_v.", &layer.w_v), ("w_o.", &layer.w_o)];
        parts.into_iter().flat_map(|(name, part)| linear(name, part)).collect()
    });
    folder.layer("LayerNorm1D<64>", "other", || {
        let layer = device.build_module::<builders::LayerNorm1D<64>, f32>();
        vec![one("gamma", &layer.gamma), one("beta", &layer.beta)]
    });
    folder.network("Linear, ReLU", outputs);
}
