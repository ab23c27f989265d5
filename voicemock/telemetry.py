"""Load onnxruntime with what it would report to its maker switched off.

Linux and macOS: the variable that ``voicemock/__init__.py`` sets, before any import, stops all of it. Windows: the
library hands events to the system's event tracing and heeds no variable (1.31); they can only be stopped once it is
loaded.
"""

__all__ = ["load_onnxruntime"]

from typing import Any


def load_onnxruntime() -> Any:
    """Return the module; to be called before another library's code makes use of it."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime
