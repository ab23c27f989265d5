"""Ask a model hub for a model's files, and bring one file here, piece by piece.

Hub client: https://huggingface.co/docs/huggingface_hub. Its own ``hf_hub_download`` starts a file again after an
interruption (huggingface_hub 2.4, ``file_download.py``), so large files are streamed here, through its session.
``HF_ENDPOINT`` names another hub. No token is sent.
"""

__all__ = ["Remote", "ask", "download"]

import os
import time
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import msgspec

from voicemock import __version__
from voicemock.errors import ModelError

# What faster-whisper loads (faster_whisper/utils.py, download_model).
WANTED = ("config.json", "preprocessor_config.json", "model.bin", "tokenizer.json", "vocabulary.*")
TIMEOUT_S = 20.0
# A broken connection is resumed until this many tries in a row have brought nothing.
TRIES = 5
RETRY_WAIT_S = 1.0


class Remote(msgspec.Struct, frozen=True, kw_only=True):
    """A file on the hub.

    sha256: of a large file; None for one that Git LFS does not keep.
    git_sha1: the Git blob id; for a large file, that of its pointer.
    """

    name: str
    url: str
    size: int
    sha256: str | None
    git_sha1: str


def ask(repository: str) -> tuple[str, tuple[Remote, ...]]:
    """Return a repository's newest commit and the files of it that Whisper needs."""
    from huggingface_hub import HfApi, constants, hf_hub_url

    # Otherwise it names the machine's tools to the hub, and fetches a list of those to look for.
    constants.HF_HUB_DISABLE_TELEMETRY = True
    endpoint = os.environ.get("HF_ENDPOINT", "").rstrip("/") or None
    api = HfApi(endpoint=endpoint, token=False, library_name="voicemock", library_version=__version__)
    try:
        info = api.model_info(repository, files_metadata=True, timeout=TIMEOUT_S)
        found = [
            {
                "name": file.rfilename,
                "url": hf_hub_url(repository, file.rfilename, revision=info.sha, endpoint=endpoint),
                "size": file.size,
                "sha256": file.lfs.sha256 if file.lfs else None,
                "git_sha1": file.blob_id,
            }
            for file in info.siblings or ()
            if any(fnmatch(file.rfilename, wanted) for wanted in WANTED)
        ]
        return msgspec.convert((info.sha, found), tuple[str, tuple[Remote, ...]])
    except (KeyError, TypeError, ValueError, RecursionError):  # a captive portal, or the page of another site
        raise ModelError(
            f"{api.endpoint} did not answer like a model hub.",
            hint="Log in to the network you are on, check HF_ENDPOINT, and try again.",
        ) from None


def download(remote: Remote, path: Path, *, progress: Callable[[], None]) -> None:
    """Append to the file until all of it is here; what is already there is not fetched again."""
    import httpx2
    from huggingface_hub import get_session

    barren = 0
    while (start := _size(path)) < remote.size:
        headers = {
            "User-Agent": f"voicemock/{__version__}",
            "Accept-Encoding": "identity",
            "Range": f"bytes={start}-",
        }
        try:
            with get_session().stream("GET", remote.url, headers=headers, timeout=TIMEOUT_S) as response:
                response.raise_for_status()
                resumed = response.status_code == httpx2.codes.PARTIAL_CONTENT
                with path.open("ab" if resumed else "wb") as file:
                    for piece in response.iter_bytes():
                        file.write(piece)
                        progress()
        except httpx2.TransportError:
            if barren == TRIES:
                raise
        barren = 0 if _size(path) > start else barren + 1
        if barren:
            time.sleep(RETRY_WAIT_S)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
