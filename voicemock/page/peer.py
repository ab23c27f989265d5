"""Who is at the other end of a connection, where the system says so.

The address with its key stands in the list of programs while it opens a browser, and every user can read that list.
"""

__all__ = ["is_somebody_elses"]

import os
import socket
import sys
from pathlib import Path

Address = tuple[str, int]
TABLE = Path("/proc/net/tcp")
"""Linux's list of connections: each with its two ends as this machine sees them, and whose it is."""
ROOT = 0
LOCAL, REMOTE, OWNER = 1, 2, 7


def is_somebody_elses(client: Address | None, server: Address | None) -> bool:
    """Return whether another user of this machine has made a connection; False where nobody can tell.

    Root may read everything anyway, and carries connections into containers and WSL; nor is it told from others.
    """
    owner = _owner(client, server) if client and server else None
    return owner is not None and ROOT not in (owner, os.getuid()) and owner != os.getuid()


def _owner(client: Address, server: Address) -> int | None:
    try:
        ends = [_written(client), _written(server)]
        rows = [line.split() for line in TABLE.read_text(encoding="ascii").splitlines()[1:]]
    except (OSError, ValueError):  # another system, or no address of this kind
        return None
    return next((int(row[OWNER]) for row in rows if row[LOCAL : REMOTE + 1] == ends), None)


def _written(address: Address) -> str:
    host, port = address
    return f"{int.from_bytes(socket.inet_aton(host), sys.byteorder):08X}:{port:04X}"
