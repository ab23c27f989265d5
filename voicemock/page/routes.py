"""Every address of the page, in one list."""

__all__ = ["ROUTES"]

from voicemock.page.reply import Route
from voicemock.page.start import start

ROUTES: tuple[Route, ...] = (Route("/", start),)
