// drawn.go: writes what a Go library draws to the folder that rows.py reads, which the first argument names.
// It computes no statistics, apart from the rms of a network's layers. No library is named here.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
)

const (
	leastValues    = 800_000
	leastConstants = 2_000 // where all values are the same
	depth          = 10    // the network: ReLU layers on inputs N(0, 1)
	width          = 256
	batch          = 256
	seeds          = 20
)

// tensor is one draw.
type tensor struct {
	name   string
	shape  []int
	values []float32
}

var manifest strings.Builder
var files int

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func write(name string, content []byte) {
	check(os.WriteFile(filepath.Join(os.Args[1], name), content, 0o644))
}

// layer makes a layer again and again, until each of its tensors has enough values. Every layer must have the same tensors.
// call: as a user writes it; kind: a key of FANS in rows.py, or "other".
func layer(call, kind string, makeLayer func() []tensor) {
	drawn := makeLayer()
	for !all(drawn) {
		for i, more := range makeLayer() {
			if !enough(drawn[i].values) {
				drawn[i].values = append(drawn[i].values, more.values...)
			}
		}
	}
	for _, one := range drawn {
		file := fmt.Sprintf("%d.f32", files)
		files++
		shape := strings.ReplaceAll(strings.Trim(fmt.Sprint(one.shape), "[]"), " ", "x")
		fmt.Fprintf(&manifest, "%s\t%s\t%s\t%s\t%s\n", call, kind, one.name, shape, file)
		var content bytes.Buffer
		check(binary.Write(&content, binary.LittleEndian, one.values))
		write(file, content.Bytes())
	}
	write("manifest.tsv", []byte(manifest.String()))
}

// network writes the rms of ten ReLU layers. outputs(seed) gives their values, batch x width each, for inputs from N(0, 1).
func network(call string, outputs func(seed int64) [][]float32) {
	lines := call + "\n"
	for seed := range int64(seeds) {
		var layers []string
		for _, values := range outputs(seed) {
			layers = append(layers, fmt.Sprint(rms(values)))
		}
		lines += strings.Join(layers, " ") + "\n"
	}
	write("network.tsv", []byte(lines))
}

func all(drawn []tensor) bool {
	for _, one := range drawn {
		if !enough(one.values) {
			return false
		}
	}
	return true
}

func enough(values []float32) bool {
	for _, value := range values {
		if value != values[0] {
			return len(values) >= leastValues
		}
	}
	return len(values) >= leastConstants
}

func rms(values []float32) float64 {
	sum := 0.0
	for _, value := range values {
		sum += float64(value) * float64(value)
	}
	return math.Sqrt(sum / float64(len(values)))
}
