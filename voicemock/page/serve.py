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
from voicemock.page.house import House, Lan
from voicemock.page.lan import certificate, own_address

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


def serve(*, port: int, opened: Callable[[str], None], lan: bool = False) -> None:
    """Serve until it is over; raises as ``open_server`` does."""
    server, listening = open_server(port=port, opened=opened, lan=lan)
    server.run(sockets=[listening])


def open_server(*, port: int, opened: Callable[[str], None], lan: bool = False) -> tuple[Any, socket.socket]:
    """Return a server that is ready to run, and what it listens at.

    opened: is given the first address, in a thread of its own, once the page answers. lan: a telephone in the same
    network may come in, too, at another port and encrypted. Raises UsageError if the extra is not installed, the port
    is taken, or there is no network.
    """
    try:
        import starlette  # noqa: F401
        import uvicorn
        import websockets  # noqa: F401

        if lan:
            import cryptography  # noqa: F401
            import segno  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"The page needs the extra `page`, and {error.name} is not installed.",
            hint='Install it: pip install "voicemock[page]"',
        ) from error
    from voicemock.page.app import application, guarded
    from voicemock.page.connections import protocol

    address = own_address() if lan else ""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    _bind(listening, HERE, port)
    host = f"{HERE}:{listening.getsockname()[1]}"
    house = House(Door((host, host.replace(HERE, "localhost"))))
    app = application(house)
    config = uvicorn.Config(guarded(app, house.door), http=protocol(), **SETTINGS)
    beside = _lan_server(uvicorn, house, app, address) if lan else None
    return _server_class(uvicorn)(config, house, lambda: opened(house.door.new_address(host)), beside), listening


def _lan_server(uvicorn: Any, house: House, app: Any, address: str) -> tuple[Any, socket.socket]:
    """Return the server for the network, encrypted, with a door of its own to the same house."""
    from voicemock.page.app import guarded
    from voicemock.page.connections import CountedSocket, protocol

    proof, listening = certificate(address), CountedSocket()
    _bind(listening, address, 0)
    host = f"{address}:{listening.getsockname()[1]}"
    door = Door((host,), scheme="https", home=house.door.home)
    house.lan = Lan(door, host, proof.fingerprint)
    files = {"ssl_certfile": str(proof.path), "ssl_keyfile": str(proof.key)}
    config = uvicorn.Config(guarded(app, door), http=protocol(listening), **SETTINGS, **files)

    class Server(uvicorn.Server):  # type: ignore[misc]
        """Ends with the other, which hears the signals for both."""

        capture_signals = contextlib.nullcontext

    return Server(config), listening


def _bind(found: socket.socket, address: str, port: int) -> None:
    if sys.platform != "win32":
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((address, port))
    except OSError as error:
        found.close()
        raise UsageError(
            f"Port {port} of this computer cannot be used: {error.strerror}.",
            hint="Leave --port out, and a free one is found.",
        ) from error


def _server_class(uvicorn: Any) -> Any:
    class Server(uvicorn.Server):  # type: ignore[misc]
        """Ends when the house says so, and ends what is running in it first; beside: another that ends with it."""

        def __init__(
            self, config: Any, house: House, started: Callable[[], None], beside: tuple[Any, socket.socket] | None
        ) -> None:
            super().__init__(config)
            self.house = house
            self._started = started
            self._beside = beside
            self._other: asyncio.Task[None] | None = None

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            self.house.hub.attach(asyncio.get_running_loop())
            if self._beside:
                other, listening = self._beside
                self._other = asyncio.create_task(other.serve([listening]))
            threading.Thread(target=self._started, name="voicemock-opened", daemon=True).start()
            threading.Thread(target=_warm_up, name="voicemock-warm", daemon=True).start()

        async def on_tick(self, counter: int) -> bool:
            return self.house.look_around() or await super().on_tick(counter)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await asyncio.to_thread(self.house.close)
            if self._beside and self._other:
                self._beside[0].should_exit = True
                await self._other
            await super().shutdown(sockets)

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            with _ended_by_signals(self):
                yield

    return Server


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
