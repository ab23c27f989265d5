"""A recording as Opus in WebM: encoded in pieces, some at once, which join without a seam."""

__all__ = ["encoded"]

import io
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.load import RATE_HZ

BIT_RATE = 40_000
PACKET_MS = 60
OPTIONS = {"application": "audio", "compression_level": "0", "frame_duration": str(PACKET_MS)}
"""How Opus encodes, and how hard it searches, up to 10: "voip" and 10 take eight times as long, and are further from
the recording. Packets of 60 ms cost a fifth less than those of 20 ms (``benchmarks/report_page.py``), and Chromium
seeks in them as exactly (``benchmarks/seeking.py``). voicemock defaults, unvalidated."""

PACKET = RATE_HZ * PACKET_MS // 1000
PIECE = 500 * PACKET
"""The samples of a piece: half a minute."""
LEAD = 2 * PACKET
"""What a piece's encoder hears of the piece before it, and is thrown away: it then predicts as that one did."""
MOST_AT_ONCE = 4


class _Piece(NamedTuple):
    """samples: with what leads to them. start: of the first in the recording."""

    samples: Samples
    start: int
    last: bool


def encoded(blocks: Iterable[Samples]) -> bytes:
    """Return a recording, given in blocks, as a WebM file in memory."""
    import av

    file = io.BytesIO()
    workers = min(MOST_AT_ONCE, os.cpu_count() or 1)
    with av.open(file, "w", format="webm") as container, ThreadPoolExecutor(workers) as pool:
        stream = container.add_stream("libopus", rate=RATE_HZ, layout="mono", options=OPTIONS)
        stream.bit_rate = BIT_RATE
        container.start_encoding()
        waiting: deque[Future[list[Any]]] = deque()
        for piece in _pieces(blocks):
            waiting.append(pool.submit(_packets, piece))
            if len(waiting) > workers:  # no more of a long recording in memory than is being encoded
                _add(container, stream, waiting.popleft().result())
        for left in waiting:
            _add(container, stream, left.result())
    return file.getvalue()


def _pieces(blocks: Iterable[Samples]) -> Iterator[_Piece]:
    start, held = 0, [np.zeros(0, np.float32)]
    for block in blocks:
        held.append(block)
        while sum(map(len, held)) - (LEAD if start else 0) > PIECE:  # more: the last piece is never empty
            samples = np.concatenate(held)
            end = PIECE + (LEAD if start else 0)
            yield _Piece(samples[:end], start, last=False)
            start += end - LEAD
            held = [samples[end - LEAD :]]
    yield _Piece(np.concatenate(held), start, last=True)


def _packets(piece: _Piece) -> list[Any]:
    import av

    encoder = av.AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE_HZ, "mono", "flt"
    encoder.bit_rate, encoder.options = BIT_RATE, dict(OPTIONS)
    frame = av.AudioFrame.from_ndarray(piece.samples[None], format="flt", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, piece.start, Fraction(1, RATE_HZ)
    packets = encoder.encode(frame) + (encoder.encode(None) if piece.last else [])
    return packets[LEAD // PACKET if piece.start else 0 :]


def _add(container: Any, stream: Any, packets: list[Any]) -> None:
    for packet in packets:
        packet.stream = stream
    container.mux(packets)
