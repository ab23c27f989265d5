"""Put one request to a model server on this computer, through the API that Ollama and llama.cpp's server share.

https://platform.openai.com/docs/api-reference/chat, as far as these two answer to it.
"""

__all__ = ["NoReplyError", "ask"]

import contextlib
import json
import queue
import ssl
import threading
import time
from typing import TYPE_CHECKING, Any

import msgspec

from voicemock.loopback import LocalModel

if TYPE_CHECKING:
    import httpx2

_MOST_BYTES = 65_536
"""What is longer is no answer to the question asked."""

_NOT_UNDERSTOOD = (400, 422)
"""How servers say that they do not know ``response_format``."""


class NoReplyError(Exception):
    """Nothing usable came back; the message says why, and goes on after "but"."""


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Reply(msgspec.Struct):
    choices: tuple[_Choice, ...]


def ask(model: LocalModel, messages: list[dict[str, str]], *, tokens: int, limit_s: float) -> dict[str, Any]:
    """Return the JSON object that the model replies with, of at most so many tokens.

    Raises NoReplyError after limit_s, and whatever else goes wrong.
    """
    request = {"model": model.name, "messages": messages, "temperature": 0, "max_tokens": tokens, "stream": False}
    replies: queue.SimpleQueue[dict[str, Any] | NoReplyError] = queue.SimpleQueue()

    def wait() -> None:
        try:
            replies.put(_reply(model, request, limit_s))
        except NoReplyError as error:
            replies.put(error)
        except Exception as error:  # a second opinion never costs the first
            replies.put(NoReplyError(f"that failed ({type(error).__name__})"))

    # A client's time-outs hold for each piece it reads; only a thread of its own can be left behind after limit_s.
    threading.Thread(target=wait, name="voicemock-second-reader", daemon=True).start()
    try:
        reply = replies.get(timeout=limit_s)
    except queue.Empty:
        reply = _too_slow(limit_s)
    if isinstance(reply, NoReplyError):
        raise reply
    return reply


def _reply(model: LocalModel, request: dict[str, Any], limit_s: float) -> dict[str, Any]:
    import httpx2

    # trust_env: a proxy named in the environment would get the answer. Redirects could lead anywhere.
    # verify: not used, since nothing is encrypted; without it, all the system's certificates would be loaded.
    unused = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    until = time.monotonic() + limit_s
    try:
        with httpx2.Client(trust_env=False, follow_redirects=False, verify=unused, timeout=limit_s) as client:
            status, body = _post(client, model, {**request, "response_format": {"type": "json_object"}}, until)
            if status in _NOT_UNDERSTOOD:
                status, body = _post(client, model, request, until)
    except (httpx2.TimeoutException, TimeoutError):
        raise _too_slow(limit_s) from None
    except httpx2.ConnectError:
        raise NoReplyError(f"nothing answers at {model.addresses[0]}") from None
    if status != 200:
        raise NoReplyError(f"its server answered with status {status}")
    return _object_in(_content(body))


def _post(client: "httpx2.Client", model: LocalModel, request: dict[str, Any], until: float) -> tuple[int, bytes]:
    """Return a response's status and body from the first address where somebody listens."""
    import httpx2

    for address in model.addresses[:-1]:
        with contextlib.suppress(httpx2.ConnectError):
            return _post_to(client, address, request, until)
    return _post_to(client, model.addresses[-1], request, until)


def _post_to(client: "httpx2.Client", address: str, request: dict[str, Any], until: float) -> tuple[int, bytes]:
    url = f"{address}/chat/completions"
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
    body = bytearray()
    with client.stream("POST", url, content=json.dumps(request).encode(), headers=headers) as response:
        for piece in response.iter_raw():
            body += piece
            if len(body) > _MOST_BYTES:
                raise NoReplyError("its reply was too long")
            if time.monotonic() > until:
                raise TimeoutError
    return response.status_code, bytes(body)


def _content(body: bytes) -> str:
    """Return what the model wrote."""
    try:
        return msgspec.json.decode(body, type=_Reply).choices[0].message.content
    except (msgspec.DecodeError, UnicodeDecodeError, IndexError):
        raise NoReplyError("its server's reply could not be read") from None


def _object_in(content: str) -> dict[str, Any]:
    """Return the last JSON object in a text that holds anything: models put thoughts and fences around it."""
    decoder, found, at = json.JSONDecoder(), None, content.find("{")
    while at >= 0:
        try:
            seen, end = decoder.raw_decode(content, at)
            found = seen or found
        except (ValueError, RecursionError):
            end = at + 1
        at = content.find("{", end)
    if not isinstance(found, dict):
        raise NoReplyError("its reply was not the JSON asked for")
    return found


def _too_slow(limit_s: float) -> NoReplyError:
    return NoReplyError(f"it took longer than {limit_s:g} s")
