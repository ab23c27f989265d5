"""Conduct a session at this terminal: shared by `voicemock practice` and `voicemock resume`."""

__all__ = ["conduct"]

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voicemock.archive.store import Store
    from voicemock.cli.screen import Screen
    from voicemock.jobs.practise import Equipment


def conduct(store: "Store", equipment: "Equipment", *, screen: "Screen", open_report: bool | None) -> None:
    """Run the session to its report, whatever happens on the way, and say where that is."""
    from voicemock.cli.keys import Keys
    from voicemock.cli.orderly_end import orderly_end
    from voicemock.cli.output import open_page
    from voicemock.jobs.practise import conduct as hold

    with orderly_end(), Keys() as keys:
        page = hold(store, equipment, stage=screen, keys=keys)
    screen.told(f"\nReport: {page}")
    open_page(page, wanted=open_report)
