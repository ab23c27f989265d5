"""Keep labels of public speech without its text: as word positions in the source, and back.

    python benchmarks/real_speech/pack.py pack LABELLED.jsonl REPOSITORY PACKED.json
    python benchmarks/real_speech/pack.py build PACKED.json REPOSITORY LABELLED.jsonl

REPOSITORY is a clone of the source; a row's ``source`` is "owner/name: PATH". A packed row holds ``ops`` (each
[first word, end word] of the source's words, or a word that differs from it), ``gaps`` between words that are not one
space, ``spans`` by kind and ``evidence`` as character ranges, and the text's ``sha256``, so that a changed source is
noticed. Rows must share most of their words with the source; a row that does not would be written out in full.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

KINDS = {"f": "filler", "m": "metric", "t": "tradeoff", "i": "i", "w": "we"}
KEPT = ("id", "question", "kind", "quality", "source", "marks", "labels")
"""What a packed row takes over unchanged."""
FIELDS = ("id", "question", "kind", "quality", "source", "marks", "marked", "labels", "evidence")
"""The fields of a labelled row, in order; marks: the kinds of span that were marked, where not all were."""
Spans = dict[str, list[tuple[int, int]]]


def unmark(marked: str) -> tuple[str, Spans]:
    """Return the text without ``[[x:…]]``, and the character ranges they enclosed, by kind."""
    text, spans, opened, length = [], {name: [] for name in KINDS.values()}, [], 0
    for piece in re.split(r"(\[\[[fmtiw]:|\]\])", marked):
        if piece.startswith("[[") and piece[2:3] in KINDS:
            opened.append((KINDS[piece[2]], length))
        elif piece == "]]" and opened:
            name, start = opened.pop()
            spans[name].append((start, length))
        else:
            text.append(piece)
            length += len(piece)
    return "".join(text), spans


def mark(text: str, spans: Spans) -> str:
    """Return the text with its spans written in, the longer outside."""
    letter = {name: kind for kind, name in KINDS.items()}
    opens: dict[int, str] = {}
    closes: dict[int, str] = {}
    for start, end, name in sorted(
        ((start, end, name) for name, found in spans.items() for start, end in found), key=lambda s: (s[0], -s[1])
    ):
        opens[start] = opens.get(start, "") + f"[[{letter[name]}:"
        closes[end] = closes.get(end, "") + "]]"
    return "".join(closes.get(i, "") + opens.get(i, "") + text[i : i + 1] for i in range(len(text) + 1))


def source_words(row: dict[str, Any], repository: Path) -> list[str]:
    """Return the words of the file that a row names."""
    return (repository / row["source"].partition(": ")[2]).read_text("utf-8", errors="replace").split()


def positions(words: list[str], wanted: list[str]) -> list[list[int] | str]:
    """Return ``wanted`` as ranges of ``words``; a word that is not exactly the source's stands for itself."""

    def bare(listed: list[str]) -> list[str]:
        return [re.sub(r"[^a-z0-9']", "", word.lower()) for word in listed]

    ops: list[list[int] | str] = []
    done = 0
    for a, b, size in SequenceMatcher(None, bare(words), bare(wanted), autojunk=False).get_matching_blocks():
        ops += wanted[done:b]
        for at, word in enumerate(wanted[b : b + size], start=a):
            if words[at] != word:
                ops.append(word)
            elif ops and isinstance(last := ops[-1], list) and last[1] == at:
                last[1] += 1
            else:
                ops.append([at, at + 1])
        done = b + size
    return ops


def packed(row: dict[str, Any], repository: Path) -> dict[str, Any]:
    """Return a labelled row without its text."""
    text, spans = unmark(row["marked"])
    pieces = re.split(r"(\s+)", text)
    quotes = row.get("evidence", {}).items()
    return {name: row[name] for name in KEPT if name in row} | {
        "ops": positions(source_words(row, repository), pieces[::2]),
        "gaps": {str(i): gap for i, gap in enumerate(pieces[1::2]) if gap != " "},
        "spans": spans,
        "evidence": {name: [[text.index(q), text.index(q) + len(q)] for q in found] for name, found in quotes},
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def built(row: dict[str, Any], repository: Path) -> dict[str, Any]:
    """Return a packed row with its text, read from the source; exit where that has changed."""
    words = source_words(row, repository)
    said = [word for op in row["ops"] for word in (words[op[0] : op[1]] if isinstance(op, list) else [op])]
    text = "".join(word + row["gaps"].get(str(i), " ") for i, word in enumerate(said[:-1])) + said[-1]
    if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
        raise SystemExit(f"{row['id']}: the source has changed since this was labelled; check out the commit in README")
    evidence = {name: [text[start:end] for start, end in found] for name, found in row["evidence"].items()}
    whole = row | {"marked": mark(text, row["spans"]), "evidence": evidence}
    return {name: whole[name] for name in FIELDS if name in whole}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield a file's rows, one JSON object a line."""
    yield from map(json.loads, path.read_text("utf-8").splitlines())


def main(command: str, given: str, repository: str, wanted: str) -> None:
    source, clone, target = Path(given), Path(repository), Path(wanted)
    if command == "pack":
        done = [packed(row, clone) for row in rows(source)]
        target.write_text(json.dumps(done, separators=(",", ":")) + "\n", "utf-8")
    else:
        lines = [json.dumps(built(row, clone), ensure_ascii=False) for row in json.loads(source.read_text("utf-8"))]
        target.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 5 or sys.argv[1] not in ("pack", "build"):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
