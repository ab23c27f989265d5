"""A voice mock-interview trainer that runs on your own machine."""

__all__ = ["__version__"]

__version__ = "0.1.0"
