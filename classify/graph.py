"""The encoder's network as an ONNX file, written straight from its weights: six equal layers of a few nodes each."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from learning.onnx_file import FLOAT, INT32, MICROSOFT, Node, onnx_file

Weights = Mapping[str, NDArray[np.float32]]

HEADS = 12
LAYERS = 6
EPSILON = 1e-12


def _layer(index: int, source: str) -> tuple[list[Node], str]:
    """One transformer layer reading the tensor `source`; gives its nodes and the name of what it yields."""
    p = f"layer{index}."
    epsilon = (("epsilon", EPSILON),)
    nodes = [
        Node(
            "Attention", (source, p + "qkv.w", p + "qkv.b", "mask"), p + "attended", (("num_heads", HEADS),), MICROSOFT
        ),
        Node("MatMul", (p + "attended", p + "out.w"), p + "projected"),
        Node(
            "SkipLayerNormalization",
            (p + "projected", source, p + "norm1.g", p + "norm1.b", p + "out.b"),
            p + "middle",
            epsilon,
            MICROSOFT,
        ),
        Node("MatMul", (p + "middle", p + "up.w"), p + "wide"),
        Node("BiasGelu", (p + "wide", p + "up.b"), p + "bent", (), MICROSOFT),
        Node("MatMul", (p + "bent", p + "down.w"), p + "narrow"),
        Node(
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
    nodes = [Node("EmbedLayerNormalization", embed, "embedded", (("epsilon", EPSILON),), MICROSOFT, ("unread",))]
    hidden = "embedded"
    for index in range(LAYERS):
        layer, hidden = _layer(index, hidden)
        nodes += layer
        tensors += _layer_tensors(index, weights)
    # The mean needs no division: scaling to length 1 takes the count of tokens out again.
    nodes += [
        Node("Cast", ("mask",), "mask.float", (("to", FLOAT),)),
        Node("Unsqueeze", ("mask.float", "axis1"), "mask.row"),
        Node("MatMul", ("mask.row", hidden), "summed"),
        Node("Squeeze", ("summed", "axis1"), "pooled"),
        Node("LpNormalization", ("pooled",), "vectors", (("axis", -1), ("p", 2))),
    ]
    return onnx_file(
        "sentence-encoder",
        nodes,
        [("axis1", np.array([1], dtype=np.int64)), *((name, array.astype(np.float32)) for name, array in tensors)],
        {"ids": (INT32, ("texts", "tokens")), "mask": (INT32, ("texts", "tokens"))},
        {"vectors": (FLOAT, ("texts", positions.shape[1]))},
    )
