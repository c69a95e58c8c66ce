// fann.cpp: what FANN draws: fann_create_standard, and fann_init_weights, which is Nguyen and Widrow's.
// flags: -lfann
#include <memory>
#include <tuple>

#include <fann.h>

#include "writer.h"

using writer::Values;

struct Destroy {
  void operator()(fann *net) const { fann_destroy(net); }
};
using Net = std::unique_ptr<fann, Destroy>;

// The weights that lead to one layer, those of its biases alone, or without them. A bias is a neuron of the layer before.
Values weights_to(fann *net, int layer, bool biases) {
  std::vector<unsigned> sizes(fann_get_num_layers(net));
  fann_get_layer_array(net, sizes.data());
  unsigned first = 0; // the number of the first neuron of the layer before
  for (int i = 0; i < layer - 1; i++) first += sizes[i] + 1;
  const unsigned bias = first + sizes[layer - 1];
  std::vector<fann_connection> connections(fann_get_total_connections(net));
  fann_get_connection_array(net, connections.data());
  Values values;
  for (const fann_connection &connection : connections)
    if (connection.from_neuron >= first && (biases ? connection.from_neuron == bias : connection.from_neuron < bias) &&
        connection.from_neuron <= bias)
      values.push_back(connection.weight);
  return values;
}

Net standard() { return Net(fann_create_standard(3, 300, 100, 10)); }

// Weights for inputs between -1 and 1.
Net nguyen_widrow() {
  static fann_train_data *data = nullptr;
  if (!data) {
    data = fann_create_train(2, 300, 10);
    for (int i = 0; i < 2; i++)
      for (int j = 0; j < 300; j++) data->input[i][j] = 2 * i - 1;
  }
  Net net = standard();
  fann_init_weights(net.get(), data);
  return net;
}

// FANN has no ReLU: its weights and biases are multiplied here.
std::vector<double> outputs(const Values &inputs) {
  const int width = writer::width;
  std::vector<unsigned> sizes(writer::depth + 1, width);
  Net net(fann_create_standard_array(sizes.size(), sizes.data()));
  Values samples = inputs;
  std::vector<double> rms;
  for (int layer = 1; layer <= writer::depth; layer++) {
    const Values weights = weights_to(net.get(), layer, false), biases = weights_to(net.get(), layer, true);
    Values next(samples.size());
    for (int sample = 0; sample < writer::batch; sample++)
      for (int unit = 0; unit < width; unit++) {
        float sum = biases[unit];
        for (int i = 0; i < width; i++) sum += weights[unit * width + i] * samples[sample * width + i];
        next[sample * width + unit] = std::max(0.f, sum);
      }
    samples = next;
    rms.push_back(writer::rms_of(samples));
  }
  return rms;
}

int main(int, char **arguments) {
  writer::Folder folder{arguments[1]};
  const std::tuple<const char *, Net (*)(), bool> nets[] = {
      {"fann_create_standard(3, 300, 100, 10)", standard, true},
      {"fann_init_weights(fann_create_standard(3, 300, 100, 10), inputs from -1 to 1)", nguyen_widrow, false},
  };
  for (const auto &[call, make, fixed] : nets) {
    auto draw = [make = make](int layer, bool biases) {
      return [=] { return weights_to(make().get(), layer, biases); };
    };
    tensor(folder, call, "D", "weights of the hidden layer", {100, 300}, draw(1, false), fixed);
    tensor(folder, call, "D", "biases of the hidden layer", {100}, draw(1, true), fixed);
    tensor(folder, call, "other", "weights of the output layer", {10, 100}, draw(2, false), fixed);
  }
  network(folder, "fann_create_standard_array", outputs);
}
