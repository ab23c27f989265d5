"""Starting is cheap: help and an import load none of the heavy packages."""

import subprocess
import sys

import pytest

HEAVY = (
    "numpy scipy librosa sounddevice pyttsx3 faster_whisper ctranslate2 av huggingface_hub jinja2 hibari onnxruntime"
)


def loaded_by(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import voicemock",
        "from voicemock.cli.main import app\napp(['--help'], standalone_mode=False)",
        "from voicemock.cli.main import app\napp(['practice', '--help'], standalone_mode=False)",
    ],
    ids=["import", "help", "help of a command"],
)
def test_loads_nothing_heavy(code):
    assert not loaded_by(code) & set(HEAVY.split())


def test_importing_the_package_loads_only_itself():
    before = loaded_by("pass")
    assert loaded_by("import voicemock") - before == {"voicemock"}


def test_a_heavy_import_would_be_seen():
    assert "numpy" in loaded_by("import numpy")
