"""An invented story for the renderers: a dam above an invented town gives way.

One of everything that a briefing can hold, small enough to read: copies, a toll that rises
and two that conflict, a denial, a correction, a pronoun, an unnamed official, a chain of
sources, a piece-wise quotation, a speaker who wrote in another script.
"""

from __future__ import annotations

from datetime import date

from sayso.brief.records import Briefing, Day, Dropped, FigureSeries, Reaction, Related
from sayso.records import Report, ReportId, Speaker
from tests.build_briefing import Newsroom, at, entry, make_report, point


def lowbridge() -> tuple[Briefing, dict[ReportId, Report]]:
    room = Newsroom(owners={"Vale Courier": "Courier Group", "Evening Courier": "Courier Group"})
    wire = room.report(
        make_report(
            "Northern Wire",
            "Dam above Lowbridge gives way, thousands told to leave",
            "LOWBRIDGE — The earth dam above the town of Lowbridge gave way before dawn on "
            "Friday. “We have never seen water like this,” Mayor Ines Okoro told Radio "
            "Ashvale, “and we will not see our homes before winter.”",
            "Up to 30,000 people could be moved out, Interior Minister Tomas Reyle said in a "
            "televised address on Friday. He said the army would “stay as long as it takes.”",
            "At least 12 people were killed, the regional rescue service said.",
            published=at(2, 6, 12),
            url="https://northernwire.example/2031/dam",
        )
    )
    courier = room.report(
        make_report(
            "Vale Courier",
            "‘Never seen water like this’: Lowbridge empties",
            "The earth dam above the town of Lowbridge gave way before dawn on Friday. “We have "
            "never seen water like this,” Mayor Ines Okoro told Radio Ashvale, “and we will not "
            "see our homes before winter.”",
            "Up to 30,000 people could be moved out, Interior Minister Tomas Reyle said in a "
            "televised address on Friday.",
            published=at(2, 7, 40),
            url="https://courier.example/vale/lowbridge",
        )
    )
    evening = room.report(
        make_report(
            "Evening Courier",
            "Thousands flee as dam fails",
            "Up to 30,000 people could be moved out, Interior Minister Tomas Reyle said in a "
            "televised address on Friday.",
            published=at(2, 16, 5),
            url="https://courier.example/evening/flee",
        )
    )
    gazette = room.report(
        make_report(
            "The Gazette",
            "Engineers warned of dam a year ago, letter shows",
            "The operator had known of the cracks since last spring, a senior official at the "
            "water ministry said on condition of anonymity.",
            "Valewater denies it. “No report of cracks ever reached this company,” its chief "
            "executive, Petra Lund, wrote in a letter to shareholders on Saturday.",
            "The rescue service now puts the dead at 31.",
            published=at(3, 8, 20),
            url="https://gazette.example/letter?a=1&b=2",
        )
    )
    state_radio = room.report(
        make_report(
            "Ashvale Herald",
            "Neighbour opens border crossings",
            "The crossings would stay open “day and night”, the foreign ministry of Ostmark "
            "said, state radio reported.",
            "Fewer than 20 people had died, the governor’s office said on Friday evening.",
            "An earlier version of this report said that the bridge had fallen.",
            published=at(2, 20, 31),
            url="https://herald.example/border",
        )
    )
    arabic = room.report(
        make_report(
            "Sawt al-Wadi",
            "السد ينهار فوق المدينة",
            "قال وزير الري في بيان: «سنرسل المضخات والخيام الليلة».",
            published=at(3, 11, 2),
            url="https://sawt.example/sadd",
        )
    )
    live = room.report(
        make_report(
            "Channel Nine",
            "Lowbridge flood: live",
            "13:50 The toll stands at 34 and will rise, rescue chief Dana Whit told reporters at "
            "the sports hall.",
            "13:20 The bridge at Mill Lane had fallen, police said.",
            "12:40 The relief fund will be open on Monday, Finance Minister Alba Serrat said.",
            published=at(3, 14, 5),
            url="https://nine.example/live/lowbridge",
        )
    )

    okoro = Speaker(name="Ines Okoro", role="Mayor")
    reyle = Speaker(name="Tomas Reyle", role="Interior Minister")
    water = room.line(
        wire,
        "“We have never seen water like this,”",
        "“and we will not see our homes before winter.”",
        by=okoro,
        source="Mayor Ines Okoro",
        cue="told",
        to="Radio Ashvale",
        said_on=date(2031, 5, 2),
        copies=[
            (
                courier,
                (
                    "“We have never seen water like this,”",
                    "“and we will not see our homes before winter.”",
                ),
            )
        ],
        reasons=("carried by two outlets", "said by the mayor of the town"),
    )
    moved_words = "Up to 30,000 people could be moved out"
    moved = room.line(
        wire,
        moved_words,
        by=reyle,
        source="Interior Minister Tomas Reyle",
        cue="said",
        channel="in a televised address",
        said_on=date(2031, 5, 2),
        manner="indirect",
        copies=[(courier, (moved_words,)), (evening, (moved_words,))],
        reasons=("the highest office quoted so far",),
    )
    army = room.line(
        wire,
        "the army would “stay as long as it takes.”",
        by=Speaker(
            name="Tomas Reyle",
            role="Interior Minister",
            inferred=True,
            confidence=0.8,
            reasons=("“He” follows a sentence of Tomas Reyle",),
        ),
        source="He",
        cue="said",
        said_on=date(2031, 5, 2),
        manner="mixed",
    )
    cracks = room.line(
        gazette,
        "The operator had known of the cracks since last spring",
        by=Speaker(name=None, role=None, kind="unnamed"),
        source="a senior official at the water ministry",
        cue="said",
        channel="on condition of anonymity",
        manner="indirect",
        state="disputed",
        reasons=("denied by the operator",),
    )
    denial = room.line(
        gazette,
        "“No report of cracks ever reached this company,”",
        by=Speaker(name="Petra Lund", role="chief executive"),
        source="its chief executive, Petra Lund",
        cue="wrote",
        channel="in a letter to shareholders",
        said_on=date(2031, 5, 3),
        disputes=(cracks.id,),
        reasons=("denies what an official said",),
    )
    border = room.line(
        state_radio,
        "The crossings would stay open “day and night”",
        by=Speaker(name="Foreign ministry of Ostmark", kind="organisation", country="XO"),
        source="the foreign ministry of Ostmark",
        cue="said",
        via=("state radio",),
        manner="mixed",
    )
    pumps = room.line(
        arabic,
        "«سنرسل المضخات والخيام الليلة»",
        by=Speaker(name="وزير الري", kind="person"),
        source="وزير الري",
        cue="قال",
        channel="في بيان",
        fresh=True,
    )
    toll = room.line(
        live,
        "The toll stands at 34 and will rise",
        by=Speaker(name="Dana Whit", role="rescue chief"),
        source="rescue chief Dana Whit",
        cue="told",
        to="reporters",
        manner="indirect",
        state="changed",
        fresh=True,
        others=[(gazette, ("The rescue service now puts the dead at 31",))],
        reasons=("a later count by the same service",),
    )
    bridge = room.line(
        live,
        "The bridge at Mill Lane had fallen",
        by=Speaker(name="Police", kind="organisation"),
        source="police",
        cue="said",
        manner="indirect",
        state="withdrawn",
        struck="withdrawn by Channel Nine at 14:05",
    )
    fund = room.line(
        live,
        "The relief fund will be open on Monday",
        by=Speaker(name="Alba Serrat", role="Finance Minister"),
        source="Finance Minister Alba Serrat",
        cue="said",
        manner="indirect",
        modality="future",
        fresh=True,
    )
    briefing = room.briefing(
        about="All that is reported of the dam, the town and those who answer for both.",
        key=(toll, moved, cracks, water, pumps),
        sections={
            "Rescue": (army, toll, bridge),
            "Who answers for it": (cracks, denial),
            "Elsewhere in this story": (border, fund, water),
        },
        reactions=(
            Reaction(line=moved.id, country=None, body=None, place="not said"),
            Reaction(line=border.id, country="XO", body=None, place="Ostmark"),
            Reaction(line=pumps.id, country="XW", body=None, place="Wadi"),
            Reaction(line=toll.id, country=None, body="Rescue service", place="Rescue service"),
        ),
        figures=(
            FigureSeries(
                counts="people were killed",
                unit=None,
                disputed=True,
                points=(
                    point(
                        wire, "At least 12", by="Regional rescue service", day=date(2031, 5, 2),
                        low=12, bound="at_least",
                    ),
                    point(
                        state_radio, "Fewer than 20", by="Governor’s office",
                        day=date(2031, 5, 2), high=20, bound="less_than",
                    ),
                    point(
                        gazette, "31", by="Regional rescue service", day=date(2031, 5, 3),
                        low=31, high=31,
                    ),
                    point(
                        live, "34", by="Dana Whit", day=date(2031, 5, 3), low=34, high=34,
                        line=toll.id,
                    ),
                ),
                reasons=("the governor’s office and the rescue service differ for 2 May",),
            ),
            FigureSeries(
                counts="people could be moved out",
                unit=None,
                points=(
                    point(
                        wire, "Up to 30,000", by="Tomas Reyle", day=date(2031, 5, 2),
                        high=30000, bound="at_most", line=moved.id,
                    ),
                ),
            ),
        ),
        timeline=(
            Day(
                day=date(2031, 5, 2),
                entries=(
                    entry(wire, "The earth dam above the town of Lowbridge gave way before dawn"),
                    entry(wire, "a televised address on Friday", moved.id),
                ),
            ),
            Day(
                day=date(2031, 5, 3),
                entries=(entry(gazette, "wrote in a letter to shareholders", denial.id),),
            ),
        ),
        see_also=(
            Related(
                title="Engineers warned of dam a year ago, letter shows",
                url="https://gazette.example/letter?a=1&b=2",
                reason="named in a SEE ALSO line of The Gazette",
                report=gazette.id,
            ),
            Related(title="The floods of 2019", url=None, reason="named by Channel Nine"),
        ),
        dropped=(
            Dropped("https://herald.example/weather", "about the weather, not about the dam"),
            Dropped("https://nine.example/broken", "not text: the bytes are an image"),
        ),
    )  # fmt: skip
    return briefing, room.reports
