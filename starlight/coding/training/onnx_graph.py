"""Write a student as an ONNX graph of integer products, in which a sentence's coding depends on nothing but itself.

Each matrix product takes 8-bit activations (static scales) and 7-bit weights (a scale for each column) and sums exactly
in 32-bit integers. Weights have 7 bits since older processors add pairs of 8-bit products in 16 bits, which overflow.
Sentences of one length make a batch, so there is no padding and no mask. Vectors of words are stored in 8 bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

WEIGHT_MOST = 63
# Which activations each product is given.
GIVEN = {"query": "given", "key": "given", "value": "given", "out": "mixed", "up": "middle", "down": "wide"}
Weights = Mapping[str, np.ndarray]


def columns(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return 7-bit weights (inputs x outputs) and the scale of each column, from floats (outputs x inputs)."""
    scale = np.maximum(np.abs(weight).max(1), 1e-8) / WEIGHT_MOST
    return np.rint(weight / scale[:, None]).astype(np.int8).T.copy(), scale.astype(np.float32)


class _Graph:
    """Nodes and constants, with names counted up."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, TensorProto] = {}

    def constant(self, name: str, value: npt.ArrayLike, dtype: npt.DTypeLike = np.float32) -> str:
        self.constants[name] = numpy_helper.from_array(np.asarray(value, dtype), name)
        return name

    def node(self, kind: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def product(
        self,
        given: tuple[str, str, str],
        name: str,
        weight: np.ndarray,
        bias: np.ndarray,
        into: tuple[str, str] | None = None,
    ) -> str:
        """Return `given` times `weight`, plus `bias`: floats, or 8 bits if `into` names a scale and a zero point."""
        numbers, scale = columns(weight)
        factor = numpy_helper.to_array(self.constants[given[1]]) * scale
        inputs = [
            *given,
            self.constant(f"{name}.weight", numbers, np.int8),
            self.constant(f"{name}.weight.scale", scale),
            self.constant(f"{name}.weight.zero", np.zeros(len(scale)), np.int8),
            self.constant(f"{name}.bias", np.rint(bias / factor), np.int32),
            *(into or ()),
        ]
        return self.node("QGemm", *inputs, domain="com.microsoft")


def export(weights: Weights, layers: int, heads: int, path: Path) -> None:
    """Write the graph, from ids (sentences x tokens) to logits (sentences x tokens x 48), and the states of the layers.

    The first 24 logits are the token's own; the mean of the others over a sentence's tokens is the sentence's share.
    The states after each layer (tokens of all sentences x size) cost nothing unless they are asked for.
    `weights` have the names of `student.Student.state_dict`, and include the ranges of activations.
    """
    graph = _Graph()
    size = weights["words.weight"].shape[1]
    flat = graph.constant("flat", [-1, size], np.int64)
    shape = graph.node("Shape", "ids")
    cube, apart = (
        graph.node("Concat", shape, graph.constant(name, sizes, np.int64), axis=0)
        for name, sizes in {"size": [size], "heads": [heads, size // heads]}.items()
    )
    table = weights["words.weight"]
    scale = np.abs(table).max(1, keepdims=True) / 127
    words = graph.node("Gather", graph.constant("words", np.rint(table / scale), np.int8), "ids")
    words = graph.node("Cast", words, to=TensorProto.FLOAT)
    words = graph.node("Mul", words, graph.node("Gather", graph.constant("words.scale", scale), "ids"))
    first, last = graph.constant("first", [0], np.int64), graph.constant("last", [1], np.int64)
    length = graph.node("Gather", shape, last)
    places = graph.node("Slice", graph.constant("places", weights["places.weight"]), first, length, first)
    state = _normal(graph, graph.node("Add", words, places), weights, "first")
    state = graph.node("Reshape", state, flat)
    for number in range(layers):
        _layer(graph, state, weights, f"layers.{number}", heads, flat, apart)
        state = graph.nodes[-1].output[0] = f"states.{number}"
    weight, bias = (
        np.concatenate([weights[f"{of}.{part}"] for of in ("token", "whole")]) for part in ("weight", "bias")
    )
    logits = graph.node("MatMul", graph.node("Reshape", state, cube), graph.constant("logits.weight", weight.T))
    graph.nodes.append(helper.make_node("Add", [logits, graph.constant("logits.bias", bias)], ["logits"]))
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["sentences", "tokens"])
    output = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["sentences", "tokens", len(bias)])
    states = [
        helper.make_tensor_value_info(f"states.{number}", TensorProto.FLOAT, ["all tokens", size])
        for number in range(layers)
    ]
    body = helper.make_graph(graph.nodes, "tagger", [ids], [output, *states], list(graph.constants.values()))
    model = helper.make_model(
        body, opset_imports=[helper.make_opsetid("", 19), helper.make_opsetid("com.microsoft", 1)], ir_version=10
    )
    onnx.save(model, path)


def _normal(graph: _Graph, value: str, weights: Weights, name: str) -> str:
    names = [graph.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias")]
    return graph.node("LayerNormalization", value, *names, epsilon=1e-12)


def _layer(graph: _Graph, state: str, weights: Weights, name: str, heads: int, flat: str, apart: str) -> str:
    """Add one layer: attention and a two-step product, each added to its input and normalised."""

    def parameters(part: str) -> tuple[np.ndarray, np.ndarray]:
        return weights[f"{name}.{part}.weight"], weights[f"{name}.{part}.bias"]

    def quantised(value: str, part: str) -> tuple[str, str, str]:
        """Return an 8-bit copy of a float tensor, with the names of its scale and zero point."""
        scale = graph.constant(f"{name}.{part}.scale", weights[f"{name}.{part}.scale"])
        zero = graph.constant(f"{name}.{part}.zero", weights[f"{name}.{part}.zero"], np.uint8)
        return graph.node("QuantizeLinear", value, scale, zero), scale, zero

    def by_head(weight: np.ndarray, bias: np.ndarray, part: str, order: tuple[int, ...]) -> str:
        product = graph.product(given, f"{name}.{part}", weight, bias)
        return graph.node("Transpose", graph.node("Reshape", product, apart), perm=order)

    given = quantised(state, "given")
    shrunk = (len(weights[f"{name}.query.bias"]) / heads) ** -0.5  # as attention divides its scores
    weight, bias = parameters("query")
    query = by_head(weight * shrunk, bias * shrunk, "query", (0, 2, 1, 3))
    scores = graph.node("MatMul", query, by_head(*parameters("key"), "key", (0, 2, 3, 1)))
    value = by_head(*parameters("value"), "value", (0, 2, 1, 3))
    mixed = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), value)
    mixed = graph.node("Reshape", graph.node("Transpose", mixed, perm=(0, 2, 1, 3)), flat)
    state = graph.node("Add", state, graph.product(quantised(mixed, "mixed"), f"{name}.out", *parameters("out")))
    state = _normal(graph, state, weights, f"{name}.after_attention")
    wide = (
        graph.constant(f"{name}.wide.scale", weights[f"{name}.wide.scale"]),
        graph.constant(f"{name}.wide.zero", 0, np.uint8),  # what is below 0 becomes 0: the rectifier
    )
    up = graph.product(quantised(state, "middle"), f"{name}.up", *parameters("up"), into=wide)
    down = graph.product((up, *wide), f"{name}.down", *parameters("down"))
    return _normal(graph, graph.node("Add", state, down), weights, f"{name}.after_product")


def stored(path: Path, heads: int) -> dict[str, np.ndarray]:
    """Return the weights that `export` wrote, as they are stored: floats of 7 and 8 bits."""
    held = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    read = {
        name: value for name, value in held.items() if name.startswith(("first.", "layers.")) and ".weight." not in name
    }
    read |= {"words.weight": held["words"] * held["words.scale"], "places.weight": held["places"]}
    for part in ("weight", "bias"):
        read |= dict(zip((f"token.{part}", f"whole.{part}"), np.split(held[f"logits.{part}"].T, 2), strict=True))
    for name in [name for name in held if name.endswith(".weight.scale")]:
        layer, part = name.removesuffix(".weight.scale").rsplit(".", 1)
        scale = held[name] * ((held["words"].shape[1] / heads) ** 0.5 if part == "query" else 1)
        read[f"{layer}.{part}.weight"] = (held[f"{layer}.{part}.weight"] * scale).T
        read[f"{layer}.{part}.bias"] = held[f"{layer}.{part}.bias"] * scale * held[f"{layer}.{GIVEN[part]}.scale"]
    return {name: value.astype(np.float32) for name, value in read.items()}
