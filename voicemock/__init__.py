"""A voice mock-interview trainer that runs on your own machine.

Importing it sets ``ORT_DISABLE_TELEMETRY=1`` for this process and its children, whatever it was before.
"""

import os

__all__ = ["__version__"]

__version__ = "0.1.0"

# onnxruntime 1.29 and later write a device id, and contact their maker's event host, once imported. Their own
# disable_telemetry_events() comes too late for that; only this variable, set before the import, stops all of it
# (Privacy.md in its wheel). No module of voicemock runs before this line, nor in a worker process.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
