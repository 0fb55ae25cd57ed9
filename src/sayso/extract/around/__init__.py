"""What stands around a statement: to whom, by what channel, on which day, and through whom.

Rule: only what the sentence of the cue says. A day that nobody gave stays None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.around.addressee import addressee_of
from sayso.extract.around.channel import channel_of
from sayso.extract.around.day import day_of
from sayso.extract.around.place import Places
from sayso.extract.around.tidy import (
    asks_for_no_name,
    parted,
    tells_of_a_law,
    tidied,
    with_whole_name,
    without_channel,
    without_day,
)
from sayso.extract.around.via import with_chains
from sayso.records import Attribution, Report, TimeExpression

__all__ = ["around"]


def around(
    report: Report, attributions: Sequence[Attribution], times: Sequence[TimeExpression]
) -> tuple[Attribution, ...]:
    """Return the attributions with addressee, channel, day and chain, where the words say them."""
    places = Places(report)
    said = [
        part
        for one in attributions
        if not tells_of_a_law(report, one) and not asks_for_no_name(report, one)
        for part in parted(report, tidied(report, one, times))
    ]
    chained = with_chains(report, said, places)
    return tuple(_complete(places, attribution, times, chained) for attribution in chained)


def _complete(
    places: Places,
    attribution: Attribution,
    times: Sequence[TimeExpression],
    others: Sequence[Attribution],
) -> Attribution:
    place = places.of(attribution)
    if place is None:
        return attribution
    addressee = without_day(addressee_of(place), times)
    channel = with_whole_name(channel_of(place), addressee)
    return replace(
        attribution,
        content=without_channel(attribution.content, channel),
        addressee=addressee,
        channel=channel,
        said_on=day_of(place, channel, times, others),
    )
