"""A module imports only from layers below its own, and no modules import each other in a circle, lazily or not."""

import ast
import graphlib
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "voicemock"

# Top to bottom; names on one line may not import each other.
LAYERS = (
    {"__main__"},
    {"cli"},
    {"page"},
    {"jobs"},
    {"preparation"},
    {"interview"},
    {"ear"},
    {"progress"},
    {"archive", "batch", "demo", "library"},
    {"report"},
    {"analyze"},
    {"coaching"},
    {"checks"},
    {"second_reader"},
    {"reading"},
    {"speech"},
    {"models"},
    {"voices"},
    {"audio"},
    {"questions"},
    {"config"},
    {"signals", "lenses"},
    {"toml_file", "transcripts"},
    {"documents"},
    {"schema", "paths", "phrases", "patience", "printable", "telemetry", "loopback"},
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
    if path == PACKAGE / "__init__.py":
        return (
            set()
        )  # the face names what it loads once asked: tests/test_startup.py holds that it loads nothing before
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


def graph(root: Path) -> dict[str, set[str]]:
    """Return what each module imports of its package: inside functions and for type checkers too."""
    files = {
        ".".join(p.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__"): p
        for p in root.rglob("*.py")
    }
    found: dict[str, set[str]] = {}
    for module, path in files.items():
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                taken = {f"{node.module}.{alias.name}" for alias in node.names}
                names |= (taken & set(files)) | ({node.module} if taken - set(files) else set())
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
        found[module] = names & set(files)
    found.pop(root.name, None)  # the package's face names upper modules, for type checkers alone
    return found


def circle(root: Path) -> list[str]:
    """Return modules that import each other in a circle, none if there is no circle."""
    try:
        graphlib.TopologicalSorter(graph(root)).prepare()
    except graphlib.CycleError as error:
        return error.args[1]  # type: ignore[no-any-return]
    return []


def test_no_modules_import_each_other_in_a_circle():
    assert len(graph(PACKAGE)) > 100
    assert circle(PACKAGE) == []


def test_a_circle_is_seen(tmp_path):
    root = tmp_path / "voicemock"
    root.mkdir()
    (root / "a.py").write_text("from voicemock import b\n")
    (root / "b.py").write_text("def f():\n    from voicemock.c import g\n")
    (root / "c.py").write_text("if TYPE_CHECKING:\n    import voicemock.d\n")
    (root / "d.py").write_text("")
    assert circle(root) == []
    (root / "d.py").write_text("from voicemock.a import h\n")
    assert set(circle(root)) == {"voicemock.a", "voicemock.b", "voicemock.c", "voicemock.d"}
