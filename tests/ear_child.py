"""Stands in for the listening process of a session: one that dies at once, one that gets little of the machine.

Light to import, since each such process does.
"""

import os
import threading
import time
from multiprocessing.connection import Connection


def die(*_: object) -> None:
    os._exit(9)


def work_slowly(connection: Connection, *_: object) -> None:
    """Use the processor for a second before the report."""
    from voicemock.ear import hearing
    from voicemock.errors import AudioError

    hearing.BEAT_S = 0.05
    threading.Thread(target=hearing._beat, args=(hearing._Line(connection),), daemon=True).start()
    connection.send(hearing.SoFar(0, "ready"))
    order = connection.recv()
    until_s = time.process_time() + 1.0
    while time.process_time() < until_s:
        pass
    connection.send(hearing.Failed(order.id, AudioError, "Done at last.", ""))
    connection.recv()
