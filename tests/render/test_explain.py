from __future__ import annotations

from sayso.brief.records import Briefing, Line
from sayso.render.explain import render_explain
from tests.lowbridge import lowbridge


def explained(words: str) -> tuple[str, Line, Briefing]:
    briefing, _ = lowbridge()
    line = next(line for line in briefing.lines if words in line.quote.words[0])
    return render_explain(line, briefing, width=300), line, briefing


def test_every_role_is_marked_in_the_paragraph() -> None:
    shown, _, _ = explained("Up to 30,000")
    assert (
        "[the words: Up to 30,000 people could be moved out], [who: Interior Minister Tomas Reyle] "
        "[how: said] [where: in a televised address] on Friday. He said the army"
    ) in shown


def test_a_quotation_in_pieces_shows_what_stands_between_them() -> None:
    shown, _, _ = explained("“We have never")
    assert (
        "[the words: “We have never seen water like this,”] [who: Mayor Ines Okoro] [how: told] "
        "[to whom: Radio Ashvale], [the words: “and we will not see our homes before winter.”]"
    ) in shown


def test_copies_stand_under_their_origin_with_their_passages() -> None:
    shown, _, _ = explained("Up to 30,000")
    assert "Who carries it: 1 independent source" in shown
    assert "Vale Courier 2 May 07:40 · 83% copied in 1 passage from Northern Wire" in shown
    assert "characters 246 to 284 are there at 265 to 303" in shown


def test_words_that_differ_are_shown_as_that_outlet_printed_them() -> None:
    shown, _, _ = explained("The toll stands")
    assert "│ The rescue service now puts the dead at 31" in shown


def test_reasons_bounds_and_disputes_are_told() -> None:
    shown, line, _ = explained("“No report of cracks")
    assert "denies what an official said" in shown
    assert "direct speech; 93% sure that it was said" in shown
    assert f"disputes {line.disputes[0]}, a senior official at the water ministry" in shown
    assert f"characters {line.quote.spans[0].start} to {line.quote.spans[0].end}" in shown


def test_a_struck_line_tells_why() -> None:
    shown, _, _ = explained("The bridge at Mill Lane")
    assert "crossed out: withdrawn by Channel Nine at 14:05" in shown
