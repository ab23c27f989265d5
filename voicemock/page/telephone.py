"""The page with the code that lets a telephone in."""

__all__ = ["telephone"]

import msgspec

from voicemock.page.house import House
from voicemock.page.reply import Asked, Page


class Telephone(msgspec.Struct, frozen=True):
    """The address for one browser, once, and as a picture; what the certificate is told by. Empty without --lan."""

    address: str = ""
    picture: str = ""
    fingerprint: str = ""


def telephone(house: House, _asked: Asked) -> Page:
    """Return the page; every time it is loaded its code is another."""
    from voicemock.page.lan import code

    if house.lan is None:
        return Page("telephone", Telephone())
    address = house.lan.door.new_address(house.lan.host)
    return Page("telephone", Telephone(address, code(address), house.lan.fingerprint))
