"""`voicemock open`: everything as a page of this computer's own browser."""

import contextlib
from typing import Annotated

import typer

__all__ = ["open_page"]

PortOption = Annotated[
    int, typer.Option("--port", min=0, max=65535, metavar="NUMBER", help="The port; 0 finds a free one.")
]
BrowserOption = Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in your browser.")]


def open_page(port: PortOption = 0, browser: BrowserOption = True) -> None:
    """Practise, and see everything else, in your browser. Nothing leaves this computer."""
    from voicemock.page.serve import serve

    def opened(address: str) -> None:
        import webbrowser

        typer.echo(f"voicemock is open at\n  {address}\nThe address lets one browser in, once. Ctrl-C here ends it.")
        if browser:
            webbrowser.open(address)

    serve(port=port, opened=opened)
    with contextlib.suppress(OSError):  # the terminal may be what was closed
        typer.echo("voicemock is closed. Everything you recorded is kept.")
