"""Every address of the page, in one list."""

__all__ = ["ROUTES"]

from voicemock.page import practise
from voicemock.page.reply import Route
from voicemock.page.start import start

ROUTES: tuple[Route, ...] = (
    Route("/", start),
    Route("/practise", practise.practise),
    Route("/practise/devices", practise.devices),
    Route("/practise/sample", practise.sample),
    Route("/practise/voice/{number}", practise.spoken),
    Route("/practise/level", practise.try_microphone, act=True),
    Route("/practise/begin", practise.begin, act=True),
)
