"""Times as people read them."""

__all__ = ["clock"]


def clock(seconds: float) -> str:
    """Show seconds as 2:14, or 1:02:14 from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
