"""The encoder's network as an ONNX file, written straight from its weights.

WHY by hand: the network is six equal layers, so a few dozen nodes say all of it. Writing them needs neither torch nor
an exporter, gives the same bytes on every machine, and lets the file use ONNX Runtime's fused operators, which a
traced export only reaches after an optimiser has recognised them at every start.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = Mapping[str, NDArray[np.float32]]

HEADS = 12
LAYERS = 6
EPSILON = 1e-12
IR_VERSION = 8
OPSET = 17
FLOAT, INT32, INT64 = 1, 6, 7
MICROSOFT = "com.microsoft"


# ---------------------------------------------------------------- protocol buffers, as much as an ONNX file needs


def _varint(value: int) -> bytes:
    out = bytearray()
    value &= (1 << 64) - 1
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _message(field: int, payload: bytes | str) -> bytes:
    raw = payload.encode() if isinstance(payload, str) else payload
    return _varint(field << 3 | 2) + _varint(len(raw)) + raw


def _attribute(name: str, value: int | float) -> bytes:
    if isinstance(value, float):
        body = _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, 1)
    else:
        body = _number(3, value) + _number(20, 2)
    return _message(5, _message(1, name) + body)


def _tensor(name: str, array: NDArray[np.float32] | NDArray[np.int64]) -> bytes:
    kind = INT64 if array.dtype == np.int64 else FLOAT
    dims = b"".join(_number(1, size) for size in array.shape)
    return _message(5, dims + _number(2, kind) + _message(8, name) + _message(9, np.ascontiguousarray(array).tobytes()))


def _value(field: int, name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    dims = b"".join(_message(1, _message(2, d) if isinstance(d, str) else _number(1, d)) for d in shape)
    return _message(field, _message(1, name) + _message(2, _message(1, _number(1, kind) + _message(2, dims))))


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str
    inputs: tuple[str, ...]
    output: str
    attributes: tuple[tuple[str, int | float], ...] = ()
    domain: str = ""
    spare: tuple[str, ...] = ()  # outputs that the operator must have and nothing reads

    def encoded(self) -> bytes:
        """The node as the bytes of a graph's field."""
        body = b"".join(_message(1, name) for name in self.inputs)
        body += b"".join(_message(2, name) for name in (self.output, *self.spare))
        body += _message(3, self.output) + _message(4, self.kind)
        body += b"".join(_attribute(name, value) for name, value in self.attributes)
        return _message(1, body + (_message(7, self.domain) if self.domain else b""))


# ---------------------------------------------------------------- the network


def _layer(index: int, source: str) -> tuple[list[_Node], str]:
    """One transformer layer reading the tensor `source`; gives its nodes and the name of what it yields."""
    p = f"layer{index}."
    epsilon = (("epsilon", EPSILON),)
    nodes = [
        _Node(
            "Attention", (source, p + "qkv.w", p + "qkv.b", "mask"), p + "attended", (("num_heads", HEADS),), MICROSOFT
        ),
        _Node("MatMul", (p + "attended", p + "out.w"), p + "projected"),
        _Node(
            "SkipLayerNormalization",
            (p + "projected", source, p + "norm1.g", p + "norm1.b", p + "out.b"),
            p + "middle",
            epsilon,
            MICROSOFT,
        ),
        _Node("MatMul", (p + "middle", p + "up.w"), p + "wide"),
        _Node("BiasGelu", (p + "wide", p + "up.b"), p + "bent", (), MICROSOFT),
        _Node("MatMul", (p + "bent", p + "down.w"), p + "narrow"),
        _Node(
            "SkipLayerNormalization",
            (p + "narrow", p + "middle", p + "norm2.g", p + "norm2.b", p + "down.b"),
            p + "result",
            epsilon,
            MICROSOFT,
        ),
    ]
    return nodes, p + "result"


def _layer_tensors(index: int, weights: Weights) -> Iterator[tuple[str, NDArray[np.float32]]]:
    p, w = f"layer{index}.", f"encoder.layer.{index}."
    parts = [w + f"attention.self.{name}." for name in ("query", "key", "value")]
    yield p + "qkv.w", np.concatenate([weights[part + "weight"].T for part in parts], axis=1)
    yield p + "qkv.b", np.concatenate([weights[part + "bias"] for part in parts])
    for short, long in (
        ("out", "attention.output.dense"), ("up", "intermediate.dense"), ("down", "output.dense"),
    ):  # fmt: skip
        yield p + short + ".w", weights[w + long + ".weight"].T
        yield p + short + ".b", weights[w + long + ".bias"]
    for short, long in (("norm1", "attention.output.LayerNorm"), ("norm2", "output.LayerNorm")):
        yield p + short + ".g", weights[w + long + ".weight"]
        yield p + short + ".b", weights[w + long + ".bias"]


def build(weights: Weights) -> bytes:
    """The ONNX file of the sentence encoder, from the tensors of its safetensors file by their names there.

    Inputs `ids` and `mask`: int32 (texts, tokens), mask 1 for a token and 0 for padding. Output `vectors`: float32
    (texts, 384), the mean of the last layer over the tokens, scaled to length 1. Raises `KeyError` if a tensor lacks.
    """
    # Every token has segment 0, so its embedding is folded into the positions'.
    positions = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    tensors: list[tuple[str, NDArray[np.float32]]] = [
        ("words", weights["embeddings.word_embeddings.weight"]),
        ("positions", positions),
        ("norm0.g", weights["embeddings.LayerNorm.weight"]),
        ("norm0.b", weights["embeddings.LayerNorm.bias"]),
    ]
    embed = ("ids", "", "words", "positions", "", "norm0.g", "norm0.b")
    nodes = [_Node("EmbedLayerNormalization", embed, "embedded", (("epsilon", EPSILON),), MICROSOFT, ("unread",))]
    hidden = "embedded"
    for index in range(LAYERS):
        layer, hidden = _layer(index, hidden)
        nodes += layer
        tensors += _layer_tensors(index, weights)
    # The mean needs no division: scaling to length 1 takes the count of tokens out again.
    nodes += [
        _Node("Cast", ("mask",), "mask.float", (("to", FLOAT),)),
        _Node("Unsqueeze", ("mask.float", "axis1"), "mask.row"),
        _Node("MatMul", ("mask.row", hidden), "summed"),
        _Node("Squeeze", ("summed", "axis1"), "pooled"),
        _Node("LpNormalization", ("pooled",), "vectors", (("axis", -1), ("p", 2))),
    ]
    graph = b"".join(node.encoded() for node in nodes) + _message(2, "sentence-encoder")
    graph += _tensor("axis1", np.array([1], dtype=np.int64))
    graph += b"".join(_tensor(name, array.astype(np.float32)) for name, array in tensors)
    graph += _value(11, "ids", INT32, ("texts", "tokens")) + _value(11, "mask", INT32, ("texts", "tokens"))
    graph += _value(12, "vectors", FLOAT, ("texts", positions.shape[1]))
    opsets = _message(8, _message(1, "") + _number(2, OPSET)) + _message(8, _message(1, MICROSOFT) + _number(2, 1))
    return _number(1, IR_VERSION) + _message(2, "throughline") + _message(7, graph) + opsets
