"""Mappings that cannot change, for values that cannot change."""

__all__ = ["FrozenMap", "freeze"]

from typing import Any, NoReturn, TypeVar

import msgspec

K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(dict[K, V]):
    """A dictionary that cannot be changed and can be hashed; still a dict, so it can be written as JSON.

    Equal to any dictionary with the same content. ``one | other`` returns a plain one.
    """

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)  # unpickling would set item by item

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("A FrozenMap cannot be changed; make a new one, as in dict(old) | changes.")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse


def freeze(value: msgspec.Struct, *fields: str) -> None:
    """Make the mappings in some fields of a frozen struct frozen, too; called from its ``__post_init__``."""
    for name in fields:
        mapping = getattr(value, name)
        if type(mapping) is not FrozenMap:
            msgspec.structs.force_setattr(value, name, FrozenMap(mapping))
