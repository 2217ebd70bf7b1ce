"""Graphs of operators as ONNX files, written by hand.

WHY by hand: the graphs here are a few dozen nodes. Writing them needs neither torch nor an exporter, gives the same
bytes on every machine, and lets a file use ONNX Runtime's fused operators, which a traced export only reaches after an
optimiser has recognised them at every start.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

IR_VERSION: Final = 8
OPSET: Final = 17
FLOAT, UINT8, INT8, INT32, INT64, BOOL = 1, 2, 3, 6, 7, 9
MICROSOFT: Final = "com.microsoft"
_KINDS: Final = {"f4": FLOAT, "u1": UINT8, "i1": INT8, "i4": INT32, "i8": INT64}
Shape = Sequence[str | int]


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


def _tensor(name: str, array: NDArray[Any]) -> bytes:
    dims = b"".join(_number(1, size) for size in array.shape)
    kind = _number(2, _KINDS[array.dtype.str[1:]])
    return _message(5, dims + kind + _message(8, name) + _message(9, np.ascontiguousarray(array).tobytes()))


def _value(field: int, name: str, kind: int, shape: Shape) -> bytes:
    dims = b"".join(_message(1, _message(2, d) if isinstance(d, str) else _number(1, d)) for d in shape)
    return _message(field, _message(1, name) + _message(2, _message(1, _number(1, kind) + _message(2, dims))))


@dataclass(frozen=True, slots=True)
class Node:
    """One operator: its kind, the tensors it reads and the one it yields."""

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


def onnx_file(
    name: str,
    nodes: Sequence[Node],
    tensors: Sequence[tuple[str, NDArray[Any]]],
    inputs: Mapping[str, tuple[int, Shape]],
    outputs: Mapping[str, tuple[int, Shape]],
) -> bytes:
    """The bytes of an ONNX file.

    nodes: in the order of the work; tensors: those that are part of the file, by name; inputs, outputs: the kind
    (`FLOAT`, ...) and shape of each, a word standing for a size that varies. Raises `KeyError` for a tensor of a type that these files do not use.
    """
    graph = b"".join(node.encoded() for node in nodes) + _message(2, name)
    graph += b"".join(_tensor(tensor, array) for tensor, array in tensors)
    graph += b"".join(_value(11, value, kind, shape) for value, (kind, shape) in inputs.items())
    graph += b"".join(_value(12, value, kind, shape) for value, (kind, shape) in outputs.items())
    opsets = _message(8, _message(1, "") + _number(2, OPSET)) + _message(8, _message(1, MICROSOFT) + _number(2, 1))
    return _number(1, IR_VERSION) + _message(2, "throughline") + _message(7, graph) + opsets
