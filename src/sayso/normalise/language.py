"""Which language a report is written in: "und" rather than a guess."""

from __future__ import annotations

from functools import cache
from typing import Any

_ENOUGH = 60  # characters; below that names decide, and names have no language
_SURE = 0.9
_LOOK_AT = 600  # characters from the start tell as much as all of them


def language_of(text: str, *, told: str | None = None) -> str:
    """Return the BCP 47 code of `text`; when it cannot be told, what was `told`, or "und"."""
    if len(text) >= _ENOUGH:
        code, sure = _identifier().classify(text[:_LOOK_AT].replace("\n", " "))
        if sure >= _SURE:
            return str(code)
    return told.strip().lower() if told and told.strip() else "und"


@cache
def _identifier() -> Any:
    # Loading its model takes a tenth of a second, which a command that reads nothing need not pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
