"""Live news briefings in which every line shows on whose say-so it stands."""

__version__ = "0.1.0"
