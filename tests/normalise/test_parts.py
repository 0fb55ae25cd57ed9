"""What is the story in a report, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.normalise.parts import Paragraph, find_parts, is_headline, see_also
from sayso.normalise.text import paragraphs
from sayso.records import Part

STORY = (
    "The reservoir above Orla will stay closed until spring, the water board said on Monday.",
    "“We cannot say when it will fill again,” Mayor Ines Tall told reporters.",
)


def kinds_of(*lines: str, headline: bool = False) -> list[tuple[str, str]]:
    text = "\n\n".join(lines)
    parts = parts_of(text, headline=headline)
    return [(part.kind, text[part.span.start : part.span.end]) for part in parts]


def parts_of(text: str, *, headline: bool = False) -> tuple[Part, ...]:
    return find_parts(text, [Paragraph(span) for span in paragraphs(text)], headline_first=headline)


def kind_within(line: str) -> str:
    """Return the kind of a line that stands between paragraphs of a story."""
    lines = [*STORY * 3, line, *STORY * 3]
    found = kinds_of(*lines)
    return found[len(STORY) * 3][0]


def kind_at_the_end(line: str) -> str:
    return kinds_of(*STORY, line)[-1][0]


def kind_under_the_headline(line: str) -> str:
    return kinds_of("Reservoir Closed Until Spring", line, *STORY, headline=True)[1][0]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("SEE ALSO: How The Valley Ran Dry", "see-also"),
        ("Read more: How the valley ran dry", "see-also"),
        ("RELATED: Five dams that failed", "see-also"),
        ("Read next >> The farmers who stayed", "see-also"),
        ("(RELATED: Five dams that failed)", "see-also"),
        ("More:What the water board knew", "see-also"),
        ("Lire aussi : La vallée sans eau", "see-also"),
        ("Lesen Sie auch: Das Tal ohne Wasser", "see-also"),
        ("Читайте также: Долина без воды", "see-also"),
        ("ADVERTISEMENT", "promotion"),
        ("- Advertisement -", "promotion"),
        ("Story continues below", "promotion"),
        ("Story Continued Below", "promotion"),
        ("Article continues after this advertisement", "promotion"),
        ("Sign up for our newsletter", "promotion"),
        (
            "Sign up for the Morning Orla, our free daily email, and never miss a story.",
            "promotion",
        ),
        ("Follow us on Twitter @orlagazette", "promotion"),
        ("Watch: Inside the empty reservoir", "promotion"),
        ("Download the Orla Gazette app for breaking news alerts.", "promotion"),
        ("Click here to see all our coverage of the drought.", "promotion"),
        ("For all of our coverage of the drought, click here.", "promotion"),
        ("Live Briefing: The Drought In The Orla Valley", "promotion"),
        ("Want more stories like this? Sign up for our newsletter here.", "promotion"),
        ("Pia Orm covers the courts. Follow her on Twitter @piaorm", "promotion"),
        ("FILE PHOTO: The dam above Orla in 2019. REUTERS/Pia Orm", "caption"),
        ("Photo: Pia Orm", "caption"),
        ("Photo by Pia Orm", "caption"),
        ("The empty reservoir above Orla (Getty Images)", "caption"),
        ("Mayor Ines Tall at the dam (file photo)", "caption"),
        ("Mayor Ines Tall at the dam on Monday. (AP Photo/Pia Orm)", "caption"),
        ("Mayor Ines Tall at the dam. Pia Orm/Getty Images", "caption"),
        ("Image caption The reservoir is empty", "caption"),
        ("CORRECTION: An earlier version misspelled the name of Mayor Tall.", "correction"),
        ("Correction (March 4): The dam is 40 metres high, not 60.", "correction"),
        ("An earlier version of this story gave the wrong height of the dam.", "correction"),
        ("This article has been corrected to give the height of the dam.", "correction"),
        ("(Corrects paragraph 3 to say the dam is 40 metres high)", "correction"),
        ("Editor's note: Names were changed at the families' request.", "note"),
        ("This article was updated at 14:05.", "note"),
        ("This is a developing story and will be updated.", "note"),
        ("Full disclosure: The Gazette is owned by the water board's chairman.", "note"),
        ("The views expressed in this column are the author's own.", "note"),
        ("With reporting by Halden Wire and AP", "credit"),
        ("Additional reporting by Pia Orm", "credit"),
        ("Pia Orm contributed to this report.", "credit"),
        ("— Associated Press writer Pia Orm contributed to this report", "credit"),
        ("(Reporting by Pia Orm; Editing by Jan Dahl)", "credit"),
        ("© 2020 Reuters", "credit"),
        ("Copyright 2025 The Orla Gazette. All rights reserved.", "credit"),
        ("This article was originally published by Halden Wire.", "credit"),
        ("14:05 GMT", "heading"),
        ("2:05 p.m. ET", "heading"),
        ("Update at 2:05 p.m. ET. Valves Opened:", "heading"),
        ("What the engineers found", "heading"),
    ],
)
def test_lines_of_the_newsroom_are_told_from_the_story(line: str, kind: str) -> None:
    assert kind_within(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "“Read the report,” Tall said.",
        "Read the report, Tall told the council, and you will see who is to blame.",
        "Related: the two had met before, the prosecutor said, in a hotel near the dam, when the "
        "contracts were drawn up and the first payments were made to the company, which has denied "
        "any wrongdoing and says that it will contest every one of the charges in court.",
        "Reporting by the Orla Gazette found that the board had known for a year.",
        "Sign up, the mayor told the young men in the square, or leave.",
        "Follow the money, said the prosecutor, and the newsletter will write itself.",
        "“Sign up for our newsletter,” the minister joked.",
        "If you look at the valley from our side, you see only dust, the farmer said.",
        "If you spot smoke, call the fire brigade at once and send an email to nobody.",
        "Get out now, the police told people in Lowbridge over the app.",
        "Support for the governor's water plan has fallen since spring among the party's members.",
        "Heavy rain contributed to the landslide, the report says.",
        "The grant helped fund research into wells.",
        "Three engineers contributed to the report, which blames the contractor for the cracks.",
        "The photo, taken by a neighbour, shows water at the windows of the school.",
        "Pictures from the scene showed the bridge on its side, its deck broken in two places.",
        "The minister corrected his figures on Tuesday.",
        "The note, which police showed to reporters, gave no reason.",
        "By Friday the water had reached the church, residents said.",
        "She was asked about the story (see above) and declined to comment.",
        "The agency said in a statement that it “has no comment” (AFP had reported the raid).",
        "An earlier version of the bill failed by two votes.",
        "This week the council votes.",
        "Disclosure rules do not ask companies how much they spent, the board said.",
        "Support for the dam fell by eight points, according to a Reuters/Ipsos poll.",
        "- The board said it would appeal.",
    ],
)
def test_what_may_be_the_story_is_the_story(line: str) -> None:
    assert kind_within(line) == "body"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Pia Orm", "byline"),
        ("By Pia Orm and Jan Dahl, Halden Wire", "byline"),
        ("Von Pia Orm", "byline"),
        ("By: Globe 24 with agencies", "byline"),
        ("Halden Wire staff", "byline"),
        ("Pia Orm, Associated Press", "byline"),
        ("By noon the water had reached the church, residents said.", "body"),
        ("By Pia Orm 3 March 2025, 18:05", "byline"),
        ("Halden Wire staff, 3 March 2025", "byline"),
        ("3 March 2025, 18:05 · Pia Orm", "byline"),
        ("3 March 2025, 18:05 · The Orla Gazette, Orla and Lowbridge", "byline"),
        ("3 March 2025 · the day on which the dam failed", "body"),
        ("Orla Valley, West Province", "body"),
    ],
)
def test_bylines_stand_under_the_headline(line: str, kind: str) -> None:
    assert kind_under_the_headline(line) == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(AP, Reuters, dpa)", "credit"),
        ("po/jd (AFP, dpa)", "credit"),
        ("— Reuters", "credit"),
        ("dpa/AFP", "credit"),
        ("Pia Orm reported from Lowbridge, and Jan Dahl from Orla.", "credit"),
        ("Pia Orm reported from Lowbridge.", "credit"),
        ("HALDEN WIRE", "credit"),
        ("This article is from Halden Wire.", "credit"),
        ("Translated from the Norvanian by Jan Dahl.", "credit"),
        ("This story is from another time.", "body"),
        ("ORLA", "body"),
        ("(And so it went.)", "body"),
        ("— Ines Tall", "body"),
    ],
)
def test_sign_offs_stand_at_the_end(line: str, kind: str) -> None:
    assert kind_at_the_end(line) == kind


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("WASHINGTON (AP) — The council met.", "WASHINGTON (AP) —"),
        ("LONDON, March 3 (Reuters) - The council met.", "LONDON, March 3 (Reuters) -"),
        ("BERLIN (dpa) - Der Rat tagte.", "BERLIN (dpa) -"),
        ("Berlin (dpa) - Der Rat tagte.", "Berlin (dpa) -"),
        (
            "ORLA, West Province (Halden Wire) — The council met.",
            "ORLA, West Province (Halden Wire) —",
        ),
        ("BEIJING, March 3 (Xinhua) -- The council met.", "BEIJING, March 3 (Xinhua) --"),
        ("MOSCOW, March 3. /TASS/. The council met.", "MOSCOW, March 3. /TASS/."),
        ("Paris, 3 mars (AFP) - Le conseil.", "Paris, 3 mars (AFP) -"),
        ("ORLA — The council met.", "ORLA —"),
        ("ORLA/LOWBRIDGE (Reuters) - The council met.", "ORLA/LOWBRIDGE (Reuters) -"),
        ("(CNN) — The council met.", "(CNN) —"),
        ("(CNN)The council met.", "(CNN)"),
        ("ORLA, 3 March — “We met,” she said.", "ORLA, 3 March —"),
        ("МОСКВА, 3 марта (ТАСС) — Совет собрался.", "МОСКВА, 3 марта (ТАСС) —"),
        ("ORLA (Halden Wire) – “We met,” she said.", "ORLA (Halden Wire) –"),
    ],
)
def test_a_dateline_is_a_part_of_its_own(paragraph: str, dateline: str) -> None:
    first, second = kinds_of(paragraph)
    assert first == ("dateline", dateline)
    assert second == ("body", paragraph.removeprefix(dateline).strip())


@pytest.mark.parametrize(
    "paragraph",
    [
        "NATO — the alliance of thirty — met.",
        "The mayor (Greens) said — on Monday — that she would stay.",
        "Ines Tall — The mayor since 2019 — said so.",
        "BREAKING — The dam has failed.",
        "Tall (file photo) — The mayor said so.",
        "Orla (population 3,000) - Nobody lives here any more.",
        "On Monday (AP reported) - the mayor left.",
    ],
)
def test_what_only_looks_like_a_dateline_is_body(paragraph: str) -> None:
    assert kinds_of(paragraph) == [("body", paragraph)]


def test_only_the_first_body_paragraph_has_a_dateline() -> None:
    found = kinds_of("ORLA (AP) — The council met.", "LOWBRIDGE (AP) — The bridge is shut.")
    assert [kind for kind, _ in found] == ["dateline", "body", "body"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Reservoir Closed Until Spring", True),
        ("Is the reservoir safe?", True),
        ("Reservoir Closed Until Spring.", True),
        ("‘We cannot wait’: farmers sue the water board", True),
        ("Tall Flies To The U.S.", True),
        (
            "The reservoir above Orla will stay closed until spring, the water board said on "
            "Monday, because its wall has cracked in two places.",
            False,
        ),
        ("ORLA (AP) — The council met.", False),
        ("By Pia Orm", False),
        ("ADVERTISEMENT", False),
        ("The council met on Monday:", False),
    ],
)
def test_a_first_line_is_a_headline_if_it_reads_like_one(line: str, expected: bool) -> None:
    assert is_headline(line) is expected


def test_a_lone_line_is_the_story_and_no_headline() -> None:
    assert kinds_of("Dam Fails Above Orla", headline=True) == [("body", "Dam Fails Above Orla")]


def test_titles_under_a_lone_label_are_see_also_until_the_story_goes_on() -> None:
    found = kinds_of(
        STORY[0],
        "Read more:",
        "How the valley ran dry",
        "Who owns the water",
        STORY[1],
        "A heading",
    )
    assert [kind for kind, _ in found] == [
        "body",
        "see-also",
        "see-also",
        "see-also",
        "body",
        "body",
    ]


def test_see_also_titles_come_without_their_label_and_once() -> None:
    text = "\n\n".join(
        [
            STORY[0],
            "SEE ALSO: Dry Valley",
            "Read more:",
            "Who owns it",
            "See also: Dry Valley",
            STORY[1],
        ]
    )
    assert see_also(text, parts_of(text)) == ("Dry Valley", "Who owns it")


def test_the_blurb_under_a_live_briefing_belongs_to_it() -> None:
    found = kinds_of(
        STORY[0],
        "Live Briefing: Drought In The Valley",
        "The Gazette's Live Briefing brings you the drought in the valley as it happens.",
        STORY[1],
    )
    assert [kind for kind, _ in found] == ["body", "promotion", "promotion", "body"]


def test_the_first_of_several_crossheads_may_stand_under_the_headline() -> None:
    lines = ["Dam bulletin no. 3", "Highlights", STORY[0], "What is needed", STORY[1]]
    assert [kind for kind, _ in kinds_of(*lines, headline=True)] == [
        "headline", "heading", "body", "heading", "body",
    ]  # fmt: skip
    assert [kind for kind, _ in kinds_of(*lines[:3], STORY[1], headline=True)] == [
        "headline", "body", "body", "body",
    ]  # fmt: skip


def test_a_hint_wins_over_the_words() -> None:
    text = "ADVERTISEMENT"
    span = next(iter(paragraphs(text)))
    assert find_parts(text, [Paragraph(span, "body")])[0].kind == "body"


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [*STORY, "SEE ALSO: x y z", "ADVERTISEMENT", "By Pia Orm", "ORLA (AP) — So.", "(AP)",
             "Read more:", "14:05", "— Reuters", "Live Briefing: x", "FILE PHOTO: x", "…", "\u2028"]
        ),
    ),
    max_size=12,
)  # fmt: skip


@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\u2028", " "]), st.booleans())
def test_parts_lie_in_the_text_in_order_and_do_not_overlap(
    lines: list[str], between: str, headline: bool
) -> None:
    text = between.join(lines)
    parts = parts_of(text, headline=headline)
    end = 0
    for part in parts:
        assert end <= part.span.start < part.span.end <= len(text)
        assert text[part.span.start : part.span.end].strip()
        end = part.span.end
    covered = "".join(text[part.span.start : part.span.end] for part in parts)
    assert "".join(covered.split()) == "".join(text.split())
