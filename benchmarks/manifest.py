"""Renew the sizes and checksums in ``benchmarks/weights.toml`` after a refit: ``python benchmarks/manifest.py``.

What made a file, from what and under which licence is written there by hand; a file that no group names is reported.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / "benchmarks" / "weights.toml"
LINE = re.compile(r'^"([^"]+)" = \{.*\}$', re.MULTILINE)
FOLDERS = ("voicemock/reading/reader", "voicemock/speech/probes", "voicemock/demo")
LISTED = (".json", ".txt", ".onnx", ".ogg")
"""What counts as a weight file, a vocabulary, a licence or a sample there."""


def entry(path: str) -> str:
    """Return a file's line, with what it is now."""
    data = (ROOT / path).read_bytes()
    if not path.endswith((".onnx", ".ogg")):
        data = data.replace(b"\r\n", b"\n")  # Git may check a text out with Windows' line ends
    return f'"{path}" = {{ size = {len(data)}, sha256 = "{hashlib.sha256(data).hexdigest()}" }}'


def unnamed() -> set[str]:
    """Return the files in the folders that no group names."""
    there = {p.relative_to(ROOT).as_posix() for f in FOLDERS for p in (ROOT / f).iterdir() if p.suffix in LISTED}
    return there - {path for group in tomllib.loads(MANIFEST.read_text("utf-8"))["groups"] for path in group["files"]}


def renewed(text: str) -> str:
    """Return the manifest with every line as its file is now."""
    return LINE.sub(lambda line: entry(line[1]), text)


if __name__ == "__main__":
    MANIFEST.write_text(renewed(MANIFEST.read_text("utf-8")), "utf-8", newline="\n")
    if missing := unnamed():
        sys.exit(f"Name these in {MANIFEST.name}: {', '.join(sorted(missing))}")
