//! drawn.rs: writes what a Rust library draws to the folder that rows.py reads, which the first argument names.
//! It computes no statistics, apart from the rms of a network's layers. No library is named here.
use std::{env, fs, path::PathBuf};

const LEAST_VALUES: usize = 200_000;
const LEAST_CONSTANTS: usize = 2_000; // where all values are the same
pub const DEPTH: usize = 10; // the network: ReLU layers on inputs N(0, 1)
pub const WIDTH: usize = 256;
pub const BATCH: usize = 256;
const SEEDS: u64 = 20;

/// One draw of a tensor.
pub struct Tensor {
    pub name: String,
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

pub struct Folder {
    path: PathBuf,
    manifest: String,
    files: usize,
}

impl Folder {
    pub fn new() -> Folder {
        let path = PathBuf::from(env::args().nth(1).expect("the folder to write to"));
        Folder { path, manifest: String::new(), files: 0 }
    }

    /// Makes a layer again and again, until each of its tensors has enough values. Every layer must have the same tensors.
    /// call: as a user writes it; layer: a key of FANS in rows.py, or 'other'.
    pub fn layer(&mut self, call: &str, layer: &str, mut make: impl FnMut() -> Vec<Tensor>) {
        let mut drawn = make();
        while !drawn.iter().all(|tensor| enough(&tensor.values)) {
            for (tensor, more) in drawn.iter_mut().zip(make()) {
                if !enough(&tensor.values) {
                    tensor.values.extend(more.values);
                }
            }
        }
        for tensor in drawn {
            let file = format!("{}.f32", self.files);
            let shape: Vec<String> = tensor.shape.iter().map(|size| size.to_string()).collect();
            self.files += 1;
            self.manifest += &format!("{call}\t{layer}\t{}\t{}\t{file}\n", tensor.name, shape.join("x"));
            let bytes: Vec<u8> = tensor.values.iter().flat_map(|value| value.to_le_bytes()).collect();
            fs::write(self.path.join(file), bytes).unwrap();
        }
        fs::write(self.path.join("manifest.tsv"), &self.manifest).unwrap();
    }

    /// outputs(seed): the values of the ten ReLU layers, BATCH x WIDTH each, for inputs drawn from N(0, 1).
    pub fn network(&self, call: &str, mut outputs: impl FnMut(u64) -> Vec<Vec<f32>>) {
        let mut lines = format!("{call}\n");
        for seed in 0..SEEDS {
            let layers: Vec<String> = outputs(seed).iter().map(|values| rms(values).to_string()).collect();
            lines += &(layers.join(" ") + "\n");
        }
        fs::write(self.path.join("network.tsv"), lines).unwrap();
    }
}

fn enough(values: &[f32]) -> bool {
    let varies = values.iter().any(|value| *value != values[0]);
    values.len() >= if varies { LEAST_VALUES } else { LEAST_CONSTANTS }
}

fn rms(values: &[f32]) -> f64 {
    (values.iter().map(|value| (*value as f64).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
}
