"""Open voicemock as a page: one server on this computer's own address, until its tabs are closed or Ctrl-C comes."""

__all__ = ["open_server", "serve"]

import asyncio
import contextlib
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from voicemock.errors import UsageError
from voicemock.page.door import Door
from voicemock.page.house import House

HERE = "127.0.0.1"
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
SETTINGS: dict[str, Any] = {
    "ws": "websockets-sansio",
    "ws_max_size": 65_536,
    "loop": "asyncio",
    "lifespan": "off",
    "log_config": None,
    "log_level": "critical",
    "access_log": False,
    "proxy_headers": False,
    "server_header": False,
    "timeout_graceful_shutdown": 1,
}


def serve(*, port: int, opened: Callable[[str], None]) -> None:
    """Serve until it is over; raises as ``open_server`` does."""
    server, listening = open_server(port=port, opened=opened)
    server.run(sockets=[listening])


def open_server(*, port: int, opened: Callable[[str], None]) -> tuple[Any, socket.socket]:
    """Return a server that is ready to run, and what it listens at.

    opened: is given the first address, in a thread of its own, once the page answers. Raises UsageError if the extra is
    not installed, or the port is taken.
    """
    try:
        import starlette  # noqa: F401
        import uvicorn
        import websockets  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"The page needs the extra `page`, and {error.name} is not installed.",
            hint='Install it: pip install "voicemock[page]"',
        ) from error
    listening = _listen(port)
    host = f"{HERE}:{listening.getsockname()[1]}"
    house = House(Door((host, host.replace(HERE, "localhost"))))
    return _server(uvicorn, house, lambda: opened(house.door.new_address(host))), listening


def _listen(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HERE, port))
    except OSError as error:
        found.close()
        raise UsageError(
            f"Port {port} of this computer cannot be used: {error.strerror}.",
            hint="Leave --port out, and a free one is found.",
        ) from error
    return found


def _server(uvicorn: Any, house: House, started: Callable[[], None]) -> Any:
    from voicemock.page.app import application
    from voicemock.page.connections import protocol

    class Server(uvicorn.Server):  # type: ignore[misc]
        """Ends when the house says so, and ends what is running in it first."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            house.hub.attach(asyncio.get_running_loop())
            threading.Thread(target=started, name="voicemock-opened", daemon=True).start()
            threading.Thread(target=_warm_up, name="voicemock-warm", daemon=True).start()

        async def on_tick(self, counter: int) -> bool:
            return house.look_around() or await super().on_tick(counter)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await asyncio.to_thread(house.close)
            await super().shutdown(sockets)

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            with _ended_by_signals(self):
                yield

    made = Server(uvicorn.Config(application(house), http=protocol(), **SETTINGS))
    made.house = house
    return made


def _warm_up() -> None:
    """Load what the first pages and a session need, so that nobody waits for it after a click."""
    import voicemock.page.session  # noqa: F401
    from voicemock.page.reply import problem
    from voicemock.page.show import render

    render("problem", problem(ValueError())[1], home="")


@contextlib.contextmanager
def _ended_by_signals(server: Any) -> Iterator[None]:
    """End in order on Ctrl-C, a polite kill and a closed terminal."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: object) -> None:
        server.should_exit = True

    before = {one: signal.signal(one, end) for one in SIGNALS}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
