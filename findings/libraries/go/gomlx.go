// gomlx.go: what GoMLX draws: its layers' defaults, and its initializers on a dense layer and a convolution.
package main

import (
	"fmt"
	"sort"

	"github.com/gomlx/gomlx/backends"
	"github.com/gomlx/gomlx/backends/simplego"
	"github.com/gomlx/gomlx/pkg/core/dtypes"
	. "github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/shapes"
	"github.com/gomlx/gomlx/pkg/core/tensors"
	"github.com/gomlx/gomlx/pkg/core/tensors/images"
	"github.com/gomlx/gomlx/pkg/ml/context"
	"github.com/gomlx/gomlx/pkg/ml/context/initializers"
	"github.com/gomlx/gomlx/pkg/ml/layers"
	"github.com/gomlx/gomlx/pkg/ml/layers/activations"
	"github.com/gomlx/gomlx/pkg/ml/layers/lstm"
)

type model = func(ctx *context.Context, g *Graph) *Node

var backend backends.Backend

func input(g *Graph, dtype dtypes.DType, shape ...int) *Node {
	return Ones(g, shapes.Make(dtype, shape...))
}

func dense(ctx *context.Context, g *Graph) *Node {
	return layers.Dense(ctx, input(g, dtypes.Float32, 1, 300), true, 100)
}

func convolution(ctx *context.Context, g *Graph) *Node {
	return layers.Convolution(ctx, input(g, dtypes.Float32, 1, 5, 5, 3)).Channels(8).KernelSize(5).Done()
}

var models = []struct {
	kind, call string
	model      model
}{
	{"D", "layers.Dense(ctx, x, true, 100)", dense},
	{"C", "layers.Convolution(ctx, x).Channels(8).KernelSize(5)", convolution},
	{"C", "layers.Convolution(ctx, x).Channels(8).KernelSize(5).ChannelsAxis(ChannelsFirst)",
		func(ctx *context.Context, g *Graph) *Node {
			x := input(g, dtypes.Float32, 1, 3, 5, 5)
			return layers.Convolution(ctx, x).Channels(8).KernelSize(5).ChannelsAxis(images.ChannelsFirst).Done()
		}},
	{"E", "layers.Embedding(ctx, x, Float32, 1000, 64)", func(ctx *context.Context, g *Graph) *Node {
		return layers.Embedding(ctx, input(g, dtypes.Int32, 1), dtypes.Float32, 1000, 64)
	}},
	{"R", "lstm.New(ctx, x, 64)", func(ctx *context.Context, g *Graph) *Node {
		all, _, _ := lstm.New(ctx, input(g, dtypes.Float32, 1, 1, 32), 64).Done()
		return all
	}},
	{"N", "layers.MultiHeadAttention(ctx, x, x, x, 4, 16)", func(ctx *context.Context, g *Graph) *Node {
		x := input(g, dtypes.Float32, 1, 1, 64)
		return layers.MultiHeadAttention(ctx, x, x, x, 4, 16).Done()
	}},
	{"D", "layers.DenseWithBias(ctx, x, 4, 25)", func(ctx *context.Context, g *Graph) *Node {
		return layers.DenseWithBias(ctx, input(g, dtypes.Float32, 1, 300), 4, 25)
	}},
	{"other", "layers.Convolution(ctx, x).Channels(8).KernelSize(5), one dimension", func(ctx *context.Context, g *Graph) *Node {
		return layers.Convolution(ctx, input(g, dtypes.Float32, 1, 5, 3)).Channels(8).KernelSize(5).Done()
	}},
}

var inits = []struct {
	call string
	init func(ctx *context.Context) initializers.VariableInitializer
}{
	{"GlorotUniformFn(ctx)", initializers.GlorotUniformFn},
	{"XavierUniformFn(ctx)", initializers.XavierUniformFn},
	{"XavierNormalFn(ctx)", initializers.XavierNormalFn},
	{"HeFn(ctx)", initializers.HeFn},
	{"RandomNormalFn(ctx, 0.01)", func(ctx *context.Context) initializers.VariableInitializer {
		return initializers.RandomNormalFn(ctx, 0.01)
	}},
	{"RandomUniformFn(ctx, -0.05, 0.05)", func(ctx *context.Context) initializers.VariableInitializer {
		return initializers.RandomUniformFn(ctx, -0.05, 0.05)
	}},
	{"Zero", func(*context.Context) initializers.VariableInitializer { return initializers.Zero }},
	{"One", func(*context.Context) initializers.VariableInitializer { return initializers.One }},
}

// weights runs a model once in a context of its own, and gives the variables that it made, sorted by name.
func weights(ctx *context.Context, run model) []tensor {
	context.MustExecOnce(backend, ctx, run)
	var drawn []tensor
	for variable := range ctx.IterVariables() {
		if variable.Trainable {
			drawn = append(drawn, tensor{variable.ScopeAndName(), variable.Shape().Dimensions, floats(variable)})
		}
	}
	sort.Slice(drawn, func(i, j int) bool { return drawn[i].name < drawn[j].name })
	return drawn
}

func floats(variable *context.Variable) []float32 {
	value := variable.MustValue()
	if value.DType() != dtypes.Float32 {
		value = MustExecOnce(backend, func(x *Node) *Node { return ConvertDType(x, dtypes.Float32) }, value)
	}
	return tensors.MustCopyFlatData[float32](value)
}

// outputs builds the network as one graph, whose layers need scopes of their own.
func outputs(seed int64) [][]float32 {
	ctx := context.New()
	check(ctx.SetRNGStateFromSeed(seed))
	run := func(ctx *context.Context, g *Graph) []*Node {
		a := ctx.RandomNormal(g, shapes.Make(dtypes.Float32, batch, width))
		var each []*Node
		for i := range depth {
			a = activations.Relu(layers.DenseWithBias(ctx.Inf("layer %d", i), a, width))
			each = append(each, a)
		}
		return each
	}
	var values [][]float32
	for _, output := range context.MustExecOnceN(backend, ctx, run) {
		values = append(values, tensors.MustCopyFlatData[float32](output))
	}
	return values
}

func main() {
	var err error
	backend, err = simplego.New("")
	check(err)
	for _, one := range models {
		layer(one.call, one.kind, func() []tensor { return weights(context.New(), one.model) })
	}
	for _, one := range inits {
		initialized := func(run model) func() []tensor {
			return func() []tensor {
				ctx := context.New()
				return weights(ctx.WithInitializer(one.init(ctx)), run)
			}
		}
		call := fmt.Sprintf("ctx.WithInitializer(initializers.%s)", one.call)
		layer(call, "D", initialized(dense))
		layer(call, "C", initialized(func(ctx *context.Context, g *Graph) *Node {
			return layers.Convolution(ctx, input(g, dtypes.Float32, 1, 5, 5, 3)).Channels(8).KernelSize(5).UseBias(false).Done()
		}))
		for _, dtype := range []dtypes.DType{dtypes.BFloat16, dtypes.Float64} {
			layer(fmt.Sprintf("%s, %s", call, dtype), "D", initialized(func(ctx *context.Context, g *Graph) *Node {
				return ctx.VariableWithShape("weights", shapes.Make(dtype, 300, 100)).ValueGraph(g)
			}))
		}
	}
	network("layers.DenseWithBias, activations.Relu", outputs)
}
