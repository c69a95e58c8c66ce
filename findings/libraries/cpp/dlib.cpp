// dlib.cpp: what dlib draws: fc, con, cont, and the older mlp; and their biases.
// flags: -ldlib
#include <array>
#include <chrono>
#include <sstream>
#include <thread>
#include <utility>

#include <dlib/dnn.h>
#include <dlib/mlp.h>

#include "writer.h"

using writer::Values;

template <int channels> using Image = dlib::input<std::array<dlib::matrix<float>, channels>>;
using Vector = dlib::input<dlib::matrix<float>>;

// The parameters of a network's one layer, which dlib draws when it first sees an input: the weights, then the biases.
template <typename Net, typename Input> Values parameters(const Input &input) {
  Net net;
  net(input);
  const auto &values = net.layer_details().get_layer_params();
  return Values(values.begin(), values.end());
}

template <typename Net, typename Input>
void layer(writer::Folder &folder, const std::string &call, const std::string &kind, const std::vector<int> &shape,
           int biases, const Input &input) {
  tensor(folder, call, kind, "weights", shape, [&] {
    Values values = parameters<Net>(input);
    values.resize(values.size() - biases);
    return values;
  });
  if (biases)
    tensor(folder, call, kind, "biases", {biases}, [&] {
      const Values values = parameters<Net>(input);
      return Values(values.end() - biases, values.end());
    });
}

template <int channels> std::array<dlib::matrix<float>, channels> image() {
  std::array<dlib::matrix<float>, channels> planes;
  planes.fill(dlib::zeros_matrix<float>(9, 9));
  return planes;
}

// mlp keeps its weights to itself, but writes them to a stream. It seeds itself with the time in seconds.
Values mlp_weights() {
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  const dlib::mlp::kernel_1a net(300, 100, 0, 10);
  std::stringstream stream;
  serialize(net, stream);
  long sizes[4];
  double rates[2];
  dlib::matrix<double> weights;
  for (long &size : sizes) dlib::deserialize(size, stream);
  for (double &rate : rates) dlib::deserialize(rate, stream);
  dlib::deserialize(weights, stream);
  return Values(weights.begin(), weights.end());
}

template <int n> struct Deep {
  using type = dlib::relu<dlib::fc<writer::width, typename Deep<n - 1>::type>>;
};
template <> struct Deep<0> {
  using type = Vector;
};

// Layer 0 of a network is its last one; each second one is a ReLU.
template <typename Net, std::size_t... i> std::vector<double> rms_of_layers(Net &net, std::index_sequence<i...>) {
  return {writer::rms_of(dlib::layer<2 * (writer::depth - 1 - i)>(net).get_output())...};
}

std::vector<double> outputs(const Values &inputs) {
  Deep<writer::depth>::type net;
  std::vector<dlib::matrix<float>> samples(writer::batch, dlib::matrix<float>(writer::width, 1));
  for (int i = 0; i < writer::batch; i++)
    for (int j = 0; j < writer::width; j++) samples[i](j) = inputs[i * writer::width + j];
  dlib::resizable_tensor batch;
  net.to_tensor(samples.begin(), samples.end(), batch);
  net.forward(batch);
  return rms_of_layers(net, std::make_index_sequence<writer::depth>());
}

int main(int, char **arguments) {
  writer::Folder folder{arguments[1]};
  const dlib::matrix<float> vector = dlib::zeros_matrix<float>(300, 1);
  layer<dlib::fc<100, Vector>>(folder, "fc<100, ...>", "D", {300, 100}, 100, vector);
  layer<dlib::fc_no_bias<100, Vector>>(folder, "fc_no_bias<100, ...>", "D", {300, 100}, 0, vector);
  layer<dlib::con<8, 5, 5, 1, 1, Image<3>>>(folder, "con<8, 5, 5, 1, 1, ...>", "C", {8, 3, 5, 5}, 8, image<3>());
  layer<dlib::cont<8, 4, 4, 1, 1, Image<16>>>(folder, "cont<8, 4, 4, 1, 1, ...>", "T", {16, 8, 4, 4}, 8, image<16>());
  tensor(folder, "mlp::kernel_1a(300, 100, 0, 10)", "D", "w1", {101, 301}, mlp_weights);
  network(folder, "relu<fc<256, ...>>", outputs);
}
