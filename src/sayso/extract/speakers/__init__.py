"""Who the source of each attribution is: name, role, country and kind, and how sure that is.

Rule: a wrong speaker is far worse than none. Nothing is known here but the report's own words.
This module does not compare reports; the same speaker across reports is another step.
"""

from sayso.extract.speakers.resolution import resolve

__all__ = ["resolve"]
