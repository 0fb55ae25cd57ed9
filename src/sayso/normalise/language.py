"""Which language a report is written in: "und" rather than a guess."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_SUBTAG = re.compile("[-_]")
_LANGUAGE = re.compile("[a-z]{2,3}")
_ENOUGH = 60  # characters; below that names decide, and names have no language
_SURE = 0.9
_LOOK_AT = 600  # characters from the start tell as much as all of them


def language_of(text: str, *, told: str | None = None) -> str:
    """Return the BCP 47 code of `text`; when it cannot be told, what was `told`, or "und"."""
    if len(text) >= _ENOUGH:
        code, sure = _identifier().classify(text[:_LOOK_AT].replace("\n", " "))
        if sure >= _SURE:
            return str(code)
    primary = _SUBTAG.split(told.strip().lower())[0] if told else ""
    # Only the language itself, as the words would tell it: "en" for "en-GB".
    return primary if _LANGUAGE.fullmatch(primary) else "und"


@cache
def _identifier() -> Any:
    # Loading its model takes a tenth of a second, which a command that reads nothing need not pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
