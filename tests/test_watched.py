"""The watch sees what it is there to see."""

import sys

import pytest

from tests.machine import Machine, home_of_the_first_day, machine_of_the_first_day  # noqa: F401 (fixtures)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strace is for Linux")

REACHES = {
    "TCP": "socket.socket().connect_ex(('192.0.2.1', 443))",
    "UDP": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "IPv6": "socket.socket(socket.AF_INET6).connect_ex(('2001:db8::1', 443))",
    "listening": "socket.socket().bind(('0.0.0.0', 8080))",
    "a name": "socket.getaddrinfo('voicemock.example', 443)",
    "another program here": "socket.socket(socket.AF_UNIX).connect('/run/dbus/system_bus_socket')",
    "in a process of its own": "os.fork() or socket.socket().connect_ex(('192.0.2.1', 443))",
}


@pytest.mark.parametrize("code", REACHES.values(), ids=REACHES.keys())
def test_an_attempt_to_reach_out_is_seen(code: str, machine: Machine):
    watch = machine.watch()
    machine.run(watch, "-c", f"import os, socket; {code}")
    assert watch.reached_for(sound=machine.home.card.folder)


@pytest.mark.parametrize(
    "code", ["pathlib.Path.home() / 'id'", "pathlib.Path('../id')", "pathlib.Path('/var/tmp/vm-id')"]
)
def test_a_file_written_elsewhere_is_seen(code: str, machine: Machine):
    watch = machine.watch()
    machine.run(watch, "-c", f"import pathlib; path = {code}; path.touch(); path.unlink()")
    with pytest.raises(AssertionError):
        machine.judge_files(watch)
