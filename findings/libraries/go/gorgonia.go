// gorgonia.go: what Gorgonia draws. It has no layers with weights of their own, so there is no network here: a user makes a
// node and gives it one of these functions.
package main

import (
	"fmt"

	"gorgonia.org/gorgonia"
	gorgoniatensor "gorgonia.org/tensor"
)

var shapes = []struct {
	kind  string
	shape []int
}{{"D", []int{300, 100}}, {"C", []int{8, 3, 5, 5}}, {"G", []int{32, 1, 3, 3}}, {"T", []int{16, 8, 4, 4}}}

var initializers = []struct {
	call   string
	init   gorgonia.InitWFn
	dtypes []gorgoniatensor.Dtype
}{
	{"GlorotU(1)", gorgonia.GlorotU(1), both},
	{"GlorotN(1)", gorgonia.GlorotN(1), both},
	{"HeU(1)", gorgonia.HeU(1), both[:1]}, // Float64 alone
	{"HeN(1)", gorgonia.HeN(1), both[:1]},
	{"Gaussian(0, 1)", gorgonia.Gaussian(0, 1), both},
	{"Uniform(-1, 1)", gorgonia.Uniform(-1, 1), both},
	{"Zeroes()", gorgonia.Zeroes(), both[:1]},
	{"Ones()", gorgonia.Ones(), both[:1]},
}

var both = []gorgoniatensor.Dtype{gorgonia.Float64, gorgonia.Float32}

func draw(dtype gorgoniatensor.Dtype, shape []int, init gorgonia.InitWFn) []tensor {
	graph := gorgonia.NewGraph()
	node := gorgonia.NewTensor(graph, dtype, len(shape), gorgonia.WithShape(shape...), gorgonia.WithInit(init))
	var values []float32
	switch data := node.Value().Data().(type) {
	case []float32:
		values = data
	case []float64:
		for _, value := range data {
			values = append(values, float32(value))
		}
	}
	return []tensor{{"weight", shape, values}}
}

func main() {
	for _, one := range initializers {
		for _, dtype := range one.dtypes {
			for _, s := range shapes {
				layer(fmt.Sprintf("WithInit(%s), %v", one.call, dtype), s.kind, func() []tensor {
					return draw(dtype, s.shape, one.init)
				})
			}
		}
	}
}
