"""Invented dispatches that the tests of lineage cut, extend and rewrite."""

from __future__ import annotations

FERRY = (
    "A ferry with 212 people on board ran aground off Port Sallow late on Tuesday after its"
    " engines failed in a gale, the harbour office of the Orla Islands said.",
    "Four lifeboats and a fishing vessel took off the passengers one by one through the night,"
    " and the last of them, a retired organ builder, came ashore shortly before six.",
    "The Marigold had left Brinmouth two hours late because a bow door would not close, according"
    " to three lorry drivers who were waiting on the quay.",
    "Its owner, Sallow Lines, has been fined twice in five years for sailing with faulty alarms,"
    " and an inspector who boarded the ship in January found rust around both fuel pumps.",
    "Engineers were trying on Wednesday to pump out 80 tonnes of diesel before the next tide,"
    " while booms were laid across the mouth of the bird reserve at Tern Point.",
    "Islanders opened the school hall, the chapel and two pubs, and by breakfast every passenger"
    " had dry clothes and, as one of them put it, more soup than anyone could want.",
)
"""A dispatch of some two hundred words, all its reporter's own."""

MINE = (
    "Miners at the Karst copper works walked out on Tuesday over a plan to close the eastern shaft"
    " and move its crews to a site ninety kilometres away.",
    "About 600 people stood at the gates at dawn with brass bands and a banner from the strike of"
    " 1974, and the night shift refused to go down for the first time in a generation.",
    "The company wants the ore of the new field, which is shallower, and has promised that nobody"
    " will lose a job, though it has not said who would pay for the journey.",
    "Shopkeepers in the town closed at noon in sympathy; the baker delivered what he had left to"
    " the picket line and said he would do so again on Thursday.",
    "The provincial government, which holds a fifth of the shares, called both sides to a meeting"
    " and asked for the pumps to be kept running so that the shaft does not flood.",
)

FERRY_AGAIN = (
    "Everybody aboard the car ferry Marigold was brought to safety after the ship drifted on to"
    " rocks near Port Sallow overnight, in the worst weather of the winter.",
    "Our reporter on the island saw families carried up the shingle in blankets. Many had sat for"
    " hours in the dark, singing, as the deck tilted under them.",
    "Campaigners have long asked for a second tug on this coast. The nearest was six hours away"
    " when the call came, and local skippers did not wait for it.",
    "What remains is the fuel: a slick would reach the terns within a day, and crews know that they"
    " have until the evening to empty the tanks.",
)
"""Another newsroom's own work on the same ferry."""

SPEECH = (
    "We have asked these islands for patience every winter since I was a girl, and every winter"
    " they have given it, and every winter we have spent it on something else. That ends tonight."
    " There will be a tug in this harbour before the first snow, and there will be two before the"
    " second, and I will pay for them by selling the house in which ministers give parties."
)


def story(paragraphs: tuple[str, ...]) -> str:
    return "\n\n".join(paragraphs)
