"""A module imports only from layers below its own, lazily or not."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "voicemock"

# Top to bottom; names on one line may not import each other.
LAYERS = (
    {"__main__"},
    {"cli"},
    {"jobs"},
    {"interview"},
    {"ear"},
    {"archive", "batch", "demo"},
    {"report"},
    {"analyze"},
    {"coaching"},
    {"checks"},
    {"reading"},
    {"speech"},
    {"models"},
    {"voices"},
    {"audio"},
    {"questions"},
    {"config"},
    {"signals"},
    {"toml_file"},
    {"schema", "paths", "phrases", "patience", "printable", "telemetry"},
    {"errors"},
    {"__init__"},
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Return the voicemock layers a file imports from, including imports inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "voicemock":
            inside = node.module.split(".")[1:]
            found |= {inside[0]} if inside else {n.name if n.name in LEVEL else "__init__" for n in node.names}
        elif isinstance(node, ast.Import):
            found |= {n.name.split(".")[1] for n in node.names if n.name.startswith("voicemock.")}
    return found


def upward(path: Path) -> set[str]:
    own = layer_of(path)
    return {name for name in imports(path) if name != own and LEVEL[name] <= LEVEL[own]}


def test_every_module_has_a_layer():
    modules = {layer_of(path) for path in PACKAGE.rglob("*.py")}
    assert modules <= set(LEVEL), f"name the layer of {modules - set(LEVEL)} in LAYERS"


def test_imports_point_downwards():
    wrong = {str(p.relative_to(PACKAGE)): up for p in PACKAGE.rglob("*.py") if (up := upward(p))}
    assert not wrong


def test_an_upward_import_is_seen(tmp_path, monkeypatch):
    bad = tmp_path / "schema.py"
    bad.write_text("def f():\n    from voicemock.cli.main import run\n")
    monkeypatch.setattr(f"{__name__}.PACKAGE", tmp_path)
    assert upward(bad) == {"cli"}
