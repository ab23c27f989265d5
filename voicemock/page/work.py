"""One long piece of work at a time, beside the pages: a recording that is reviewed, a folder that is gone through."""

__all__ = ["Task", "Work"]

import threading
from collections.abc import Callable

import msgspec

from voicemock.errors import UsageError, VoicemockError
from voicemock.page.reply import problem


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What every tab sees of it. number: tells it from those before. total: 0 if nobody knows.

    session: of the report that came of it.
    """

    title: str
    number: int = 0
    done: int = 0
    total: int = 0
    over: bool = False
    session: str = ""
    told: str = ""
    problem: str = ""


class Work:
    """Does it in a thread of its own; changed: is called whenever there is something to see."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.task: Task | None = None
        self._changed = changed
        self._begun = 0
        self._lock = threading.Lock()

    @property
    def running(self) -> bool:
        """Whether something is being done."""
        return self.task is not None and not self.task.over

    def check(self) -> None:
        """Raise UsageError if something is being done."""
        if self.running:
            raise UsageError("Something else is still being listened to.", hint="Wait until that is done.")

    def begin(self, title: str, do: Callable[[], Task]) -> int:
        """Begin, and return its number; raises UsageError if something else is being done. do: returns how it ended."""
        with self._lock:
            self.check()
            self._begun += 1
            self.task = task = Task(title=title, number=self._begun)
        threading.Thread(target=self._do, args=(task, do), name="voicemock-work", daemon=True).start()
        self._changed()
        return task.number

    def moved(self, done: int, total: int) -> None:
        """Show how far it is."""
        if self.task:
            self._show(msgspec.structs.replace(self.task, done=done, total=total))

    def _do(self, task: Task, do: Callable[[], Task]) -> None:
        try:
            self._show(msgspec.structs.replace(do(), number=task.number, over=True))
        except BaseException as error:  # a crash inside a library is no Exception, and nobody else would end this
            told = problem(error if isinstance(error, Exception) else VoicemockError("That was stopped."))[1]
            self._show(msgspec.structs.replace(task, over=True, problem=f"{told.message} {told.hint}".strip()))

    def _show(self, task: Task) -> None:
        self.task = task
        self._changed()
