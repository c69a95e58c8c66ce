// writer.h: writes what a C or C++ library drew to the folder that rows.py reads. No library is named here, and no
// statistics of tensors are computed here.
#pragma once

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace writer {

using Values = std::vector<float>;

constexpr std::size_t least_values = 200000;
constexpr std::size_t least_constants = 2000; // where all values are the same
constexpr int seeds = 20, depth = 10, width = 256, batch = 256;

struct Folder {
  std::string path;
  int files = 0;
};

// A tensor. call: as a user writes it; kind: of the layer, a key of FANS in rows.py, or "other"; name: of the tensor in the
// library; draw: gives a new tensor, its values in the order of the shape; fixed: whether the library draws alike whatever
// the sizes.
inline void tensor(Folder &folder, const std::string &call, const std::string &kind, const std::string &name,
                   const std::vector<int> &shape, const std::function<Values()> &draw, bool fixed = false) {
  std::size_t size = 1;
  std::string written;
  for (int n : shape) {
    size *= n;
    written += (written.empty() ? "" : "x") + std::to_string(n);
  }
  Values all;
  bool varies = false;
  while (all.size() < (varies ? least_values : least_constants)) {
    const Values values = draw();
    if (values.size() != size)
      throw std::runtime_error(call + ", " + name + ": " + std::to_string(values.size()) + " values");
    all.insert(all.end(), values.begin(), values.end());
    varies = varies || std::count(values.begin(), values.end(), all[0]) != (std::ptrdiff_t)size;
  }
  const std::string file = std::to_string(folder.files++) + ".bin";
  std::ofstream(folder.path + "/" + file, std::ios::binary)
      .write(reinterpret_cast<const char *>(all.data()), all.size() * sizeof(float));
  std::ofstream(folder.path + "/manifest.tsv", std::ios::app)
      << call << '\t' << kind << '\t' << name << '\t' << written << '\t' << file << (fixed ? "\tfixed\n" : "\n");
}

// The network of ten ReLU layers. rms: of each layer's activations in a new network, for inputs drawn from N(0, 1), of
// (256, 256).
inline void network(const Folder &folder, const std::string &call,
                    const std::function<std::vector<double>(const Values &)> &rms) {
  std::mt19937 generator(1);
  std::normal_distribution<float> normal;
  std::ofstream file(folder.path + "/network.tsv");
  file << call << '\n';
  for (int seed = 0; seed < seeds; seed++) {
    Values inputs(batch * width);
    for (float &input : inputs) input = normal(generator);
    for (double value : rms(inputs)) file << value << ' ';
    file << '\n';
  }
}

template <typename Tensor> double rms_of(const Tensor &values) {
  double sum = 0;
  for (double value : values) sum += value * value;
  return std::sqrt(sum / std::distance(values.begin(), values.end()));
}

} // namespace writer
