"""Starting is cheap: help, an import and what only reads and prints load none of the heavy packages."""

import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import voicemock

PROJECT = Path(__file__).parent.parent / "pyproject.toml"

# numpy may stand at the top of a module; the others not even there: scipy alone takes seconds to load.
INSIDE_FUNCTIONS = set(
    tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]["flake8-tidy-imports"][
        "banned-module-level-imports"
    ]
)
HEAVY = {"numpy"} | INSIDE_FUNCTIONS - {"platformdirs"}  # that one is light; settings are looked for with it

PACKAGE = Path(voicemock.__file__).parent
GROUND = (
    "errors",
    "config",
    "schema",
    "paths",
    "printable",
    "toml_file",
    "phrases",
    "questions.sets",
    "questions.asked",
)


def loaded_by(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint('\\n', *{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def run(*arguments: str) -> str:
    return f"from voicemock.cli.main import app\napp({list(arguments)}, standalone_mode=False)"


@pytest.mark.parametrize(
    "code",
    [
        "import voicemock",
        "import " + ", ".join(f"voicemock.{name}" for name in GROUND),
        run("--help"),
        run("practice", "--help"),
        run("checks"),
        run("questions", "list"),
        run("sessions", "list"),
        run("models", "list"),
        "from voicemock.config import load_config\nload_config()",
    ],
    ids=["import", "ground", "help", "help of a command", "checks", "questions", "sessions", "models", "config"],
)
def test_loads_nothing_heavy(code):
    assert not loaded_by(code) & HEAVY


@pytest.mark.parametrize(
    "code", [run("--help"), "import voicemock.analyze", "from voicemock.config import load_config\nload_config()"]
)
def test_what_asks_a_second_reader_is_loaded_when_it_is_asked(code):
    assert "httpx2" not in loaded_by(code)


def test_no_command_loads_numpy_before_it_runs():
    for path in (PACKAGE / "cli").glob("*.py"):
        assert not re.search(r"^(import|from) numpy", path.read_text(encoding="utf-8"), re.MULTILINE), path.name


def test_no_module_loads_more_than_numpy_by_itself():
    package = pkgutil.walk_packages(voicemock.__path__, "voicemock.")
    every = [module.name for module in package if not module.name.endswith("__main__")]
    assert len(every) > 100
    assert not loaded_by("import " + ", ".join(every)) & INSIDE_FUNCTIONS - {"platformdirs"}


def test_importing_the_package_loads_only_itself():
    before = loaded_by("pass")
    assert loaded_by("import voicemock") - before == {"voicemock"}


def test_a_heavy_import_would_be_seen():
    assert loaded_by("import numpy") & HEAVY == {"numpy"}
