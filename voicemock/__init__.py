"""A voice mock-interview trainer that runs on your own machine.

Importing it sets ``ORT_DISABLE_TELEMETRY=1`` for this process and its children, whatever it was before.
"""

import os

__all__ = ["__version__"]

__version__ = "0.1.0"

# onnxruntime writes a device id and contacts its maker's event host as soon as it is imported. Its own
# disable_telemetry_events() comes too late for that; only this variable, set before the import, keeps it silent
# (Privacy.md in its wheel). Nothing of voicemock is imported before this line, in a worker process neither.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
