"""`voicemock open`: everything as a page of this computer's own browser."""

import contextlib
from typing import Annotated

import typer

__all__ = ["open_page"]

LAN = """\
Every device on this network can knock at voicemock's door now; none gets in without the code. Leave --lan out on a
network you do not know. The code for your phone: Settings, Practise on your phone."""

PortOption = Annotated[
    int, typer.Option("--port", min=0, max=65535, metavar="NUMBER", help="The port; 0 finds a free one.")
]
BrowserOption = Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in your browser.")]


LanOption = Annotated[
    bool, typer.Option("--lan", help="Let in a phone on the same Wi-Fi too: the page shows it a code.")
]


def open_page(port: PortOption = 0, browser: BrowserOption = True, lan: LanOption = False) -> None:
    """Practise, and read your reports, in your browser. Nothing leaves this computer."""
    from voicemock.page.serve import serve

    def opened(address: str) -> None:
        import webbrowser

        if lan:
            typer.echo(LAN)
        typer.echo(f"voicemock is open at\n  {address}")
        typer.echo("The address works once, for one browser. Close its tab, or press Ctrl-C here, to end.")
        if browser:
            webbrowser.open(address)

    serve(port=port, opened=opened, lan=lan)
    with contextlib.suppress(OSError):  # the terminal may be what was closed
        typer.echo("voicemock is closed. Everything you recorded is kept.")
