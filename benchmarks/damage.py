"""Damage to files, repeatable by its seed: what disks, downloads, editors and other programs do to them."""

from __future__ import annotations

__all__ = ["HOSTILE", "bytes_damaged", "json_damaged", "text_damaged"]

import json
import random
from collections.abc import Callable
from typing import Any

HEADER = 128
"""Bytes at the start of a file in which one wrong bit matters most."""

EXTREMES = (b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\x01\x00\x00\x00")

HOSTILE = (
    "\x1b[2J\x1b[31mred\x1b]0;title\x07",
    "a\rb\r\nc",
    "\u202egnp.exe\u202c",
    "\u2066isolated\u2069\u200f",
    "nul\x00byte",
    "\x9b31m",
    "=HYPERLINK(0)",
    "%s%n{0}{{x}}{% raw %}",
    "<script>alert(1)</script>",
    "Zalgo" + "\u0301" * 200,
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") * 30,
    "-" * 300,
    "../../../etc/passwd",
    "\ufeff\u200b\u00ad",
    "[bold red]markup[/]",
)
"""Text that terminals, tables, templates, pages and shells take for more than text."""

Damage = Callable[[random.Random, bytearray], bytearray]


def bytes_damaged(rng: random.Random, data: bytes) -> bytes:
    """Return a file's bytes after one to three accidents."""
    damaged = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        damaged = rng.choice(_ACCIDENTS)(rng, damaged)
    return bytes(damaged)


def text_damaged(rng: random.Random, text: str) -> bytes:
    """Return a text file's bytes after one to three bad edits."""
    lines = text.splitlines(keepends=True) or [""]
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(lines))
        rng.choice(_EDITS)(rng, lines, at)
        lines = lines or [""]
    data = "".join(lines).encode("utf-8", "surrogatepass")
    return rng.choice(_ENCODINGS)(data) if rng.random() < 0.2 else data


def json_damaged(rng: random.Random, data: bytes) -> bytes:
    """Return JSON in which something stands in the wrong place, or a text that is no JSON at all."""
    if rng.random() < 0.3:
        return text_damaged(rng, data.decode())
    document = json.loads(data)
    for _ in range(rng.randint(1, 3)):
        places = list(_places(document))
        if not places:
            break
        holder, key = rng.choice(places)
        if rng.random() < 0.2:
            del holder[key]
        else:
            holder[key] = rng.choice(_WRONG)(rng)
    return json.dumps(document).replace('"@deep@"', "[" * 100_000 + "]" * 100_000).encode("utf-8", "surrogatepass")


def _places(value: Any) -> Any:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield value, key
            yield from _places(inner)


def _cut(rng: random.Random, data: bytearray) -> bytearray:
    return data[: rng.randrange(len(data) + 1)]


def _flip(rng: random.Random, data: bytearray) -> bytearray:
    reach = rng.choice((HEADER, len(data)))
    for _ in range(rng.choice((1, 4, 32)) if data else 0):
        data[rng.randrange(min(reach, len(data)))] ^= 1 << rng.randrange(8)
    return data


def _extreme(rng: random.Random, data: bytearray) -> bytearray:
    at = rng.randrange(min(HEADER, len(data)) + 1)
    data[at : at + 4] = rng.choice(EXTREMES)
    return data


def _hole(rng: random.Random, data: bytearray) -> bytearray:
    start, end = _stretch(rng, data)
    data[start:end] = bytes(end - start)
    return data


def _lost(rng: random.Random, data: bytearray) -> bytearray:
    start, end = _stretch(rng, data)
    del data[start:end]
    return data


def _twice(rng: random.Random, data: bytearray) -> bytearray:
    start, end = _stretch(rng, data)
    data[start:start] = data[start:end]
    return data


def _noise(rng: random.Random, data: bytearray) -> bytearray:
    start, end = _stretch(rng, data)
    data[start:end] = rng.randbytes(end - start)
    return data


def _before(rng: random.Random, data: bytearray) -> bytearray:
    return bytearray(rng.choice((b"", b"\n", b"ID3\x04", b"RIFF", b"<html>", rng.randbytes(700)))) + data


def _stretch(rng: random.Random, data: bytearray) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 16, 512, 8192)))


_ACCIDENTS: tuple[Damage, ...] = (_cut, _flip, _flip, _extreme, _extreme, _hole, _lost, _twice, _noise, _before)


def _drop(_: random.Random, lines: list[str], at: int) -> None:
    del lines[at]


def _double(_: random.Random, lines: list[str], at: int) -> None:
    lines.insert(at, lines[at])


def _break(rng: random.Random, lines: list[str], at: int) -> None:
    cut = rng.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:cut] + rng.choice(('"', "]", "[[", "{", "=", "\\", "\n", "\t", "#")) + lines[at][cut:]


def _spike(rng: random.Random, lines: list[str], at: int) -> None:
    cut = rng.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:cut] + rng.choice(HOSTILE) + lines[at][cut:]


def _value(rng: random.Random, lines: list[str], at: int) -> None:
    wrong = ("1e999", "-1", "nan", "[]", "{}", '""', "true", "9" * 400, "1979-05-27", "[" * 5000 + "]" * 5000)
    name = lines[at].partition("=")[0].partition(":")[0]
    lines[at] = f"{name}{'=' if '=' in lines[at] else ':'} {rng.choice(wrong)}\n"


def _end(rng: random.Random, lines: list[str], at: int) -> None:
    del lines[at + 1 :]
    lines[at] = lines[at][: rng.randrange(len(lines[at]) + 1)]


_EDITS: tuple[Callable[[random.Random, list[str], int], None], ...] = (_drop, _double, _break, _spike, _value, _end)

_ENCODINGS: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: b"\xef\xbb\xbf" + data,
    lambda data: data.replace(b"\n", b"\r\n"),
    lambda data: data.decode("utf-8", "replace").encode("utf-16"),
    lambda data: data + b"\xff\xfe\x80",
    lambda data: data.replace(b"e", b"\x00"),
)

_WRONG: tuple[Callable[[random.Random], Any], ...] = (
    lambda _: None,
    lambda _: -1,
    lambda _: 10**30,
    lambda _: 1.5,
    lambda _: True,
    lambda _: "",
    lambda _: [],
    lambda _: {},
    lambda _: "@deep@",
    lambda rng: rng.choice(HOSTILE),
)
