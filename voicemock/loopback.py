"""A model server on this computer: the only place an answer may be sent to, and only if its owner set one."""

__all__ = ["LocalModel", "local_model"]

import ipaddress
import re
import socket
from urllib.parse import urlsplit

import msgspec

_EXAMPLE = "http://127.0.0.1:11434/v1 MODEL"
_ELSEWHERE = re.compile(r":(.*-)?cloud$", re.IGNORECASE)
"""Ollama runs models with such a tag on its maker's machines, though a server on this one takes the request:
https://docs.ollama.com/cloud"""


class LocalModel(msgspec.Struct, frozen=True):
    """A model and where its server may listen.

    addresses: such as "http://127.0.0.1:11434/v1", to be tried in order. Their hosts are numbers of this computer, so
    that no name can be looked up afterwards, and lead elsewhere.
    """

    name: str
    addresses: tuple[str, ...]


def local_model(setting: str) -> LocalModel:
    """Return what "http://127.0.0.1:11434/v1 MODEL" names; raise ValueError saying why it is not on this computer."""
    address, _, name = setting.strip().partition(" ")
    name = name.strip()
    if not name or not setting.isprintable():
        raise ValueError(f'expected an address and a model, as in "{_EXAMPLE}"')
    if _ELSEWHERE.search(name):
        raise ValueError(f"'{name}' does not run on this computer: its server would pass your answers on")
    return LocalModel(name, _addresses(address))


def _addresses(address: str) -> tuple[str, ...]:
    """Build addresses anew from what was understood, so that no other reader of them can understand anything else."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f'no address; expected one as in "{_EXAMPLE}"') from None
    if parts.scheme != "http" or not host:
        raise ValueError(f'expected an address that begins with http://, as in "{_EXAMPLE}"')
    if "@" in parts.netloc or "?" in address or "#" in address:
        raise ValueError(f'expected an address without a user, ? or #, as in "{_EXAMPLE}"')
    end = ("" if port is None else f":{port}") + parts.path.rstrip("/")
    return tuple(f"http://{number}{end}" for number in _numbers(host))


def _numbers(host: str) -> tuple[str, ...]:
    """Return a host's numbers, as they stand in an address; raise ValueError unless all are this computer's own."""
    found = _looked_up(host) if host == "localhost" else (host,)
    try:
        numbers = [ipaddress.ip_address(number) for number in found]
    except ValueError:
        numbers = []  # a name: looking it up could already tell somebody
    if not numbers or "%" in host or not all(number.is_loopback for number in numbers):
        raise ValueError(f"'{host}' is not this computer, and answers are sent nowhere else; give 127.0.0.1 or [::1]")
    return tuple(f"[{number}]" if number.version == 6 else str(number) for number in numbers)


def _looked_up(host: str) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return ()
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))
