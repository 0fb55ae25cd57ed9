from __future__ import annotations

import pytest

from sayso.trace.likeness import likeness
from sayso.trace.wording import read_wording

ANOTHER = [
    pytest.param(
        "the bridge would reopen on Sunday",
        "the bridge would reopen on Sunday provided that the piers hold",
        id="on a condition told behind",
    ),
    pytest.param(
        "the fleet will sail for Castor Bay",
        "should the islands be attacked, the fleet will sail for Castor Bay",
        id="on a condition told before",
    ),
    pytest.param(
        "all ferries run on Sunday", "all ferries run on Sunday except two", id="an exception"
    ),
    pytest.param(
        "“The police knew about the tunnel.”", "“Did the police know about the tunnel?”", id="asked"
    ),
    pytest.param(
        "the garrison left the town on Friday",
        "the garrison agreed to leave the town on Friday",
        id="agreed to",
    ),
    pytest.param(
        "the ministry paid the wages of the miners",
        "the ministry was asked to pay the wages of the miners",
        id="was asked to",
    ),
    pytest.param(
        "the reservoir had leaked before the flood",
        "the opposition had heard that the reservoir had leaked before the flood",
        id="in another mind",
    ),
    pytest.param(
        "the rebels had surrounded the town since Monday",
        "the rebels had been surrounded in the town since Monday",
        id="done by and done to",
    ),
    pytest.param(
        "the envoy promised not to attend the conference",
        "the envoy did not promise to attend the conference",
        id="what the denial is of",
    ),
    pytest.param(
        "the harbour minister was arrested at the border",
        "the harbour minister's brother was arrested at the border",
        id="somebody of hers",
    ),
    pytest.param(
        "the houses on the shore had been destroyed",
        "a third of the houses on the shore had been destroyed",
        id="a part",
    ),
    pytest.param(
        "the police had been attacked with bottles",
        "the police station had been attacked with bottles",
        id="what the name is only half of",
    ),
    pytest.param(
        "Tarvel is the largest port in the country",
        "Tarvel is the second largest port in the country",
        id="a rank",
    ),
    pytest.param(
        "the repair would take six months", "the repair would take six to nine months", id="a range"
    ),
    pytest.param("it was 5 degrees in the valley", "it was -5 degrees in the valley", id="minus"),
    pytest.param(
        "parliament would vote on the budget this week",
        "parliament would vote on the budget next week",
        id="which week",
    ),
    pytest.param(
        "troops were in the city of Arvad", "troops were outside the city of Arvad", id="where"
    ),
    pytest.param(
        "the guards would withdraw in two weeks",
        "the guards would withdraw for two weeks",
        id="how long",
    ),
    pytest.param(
        "the company would close its plants in Verin and Halle",
        "the company would close its plants in Verin or Halle",
        id="the one or the other",
    ),
    pytest.param(
        "“They took our land by force”", "“We took their land by force”", id="we and they"
    ),
    pytest.param(
        "the officer shot himself in the barracks",
        "the officer shot him in the barracks",
        id="himself",
    ),
    pytest.param(
        "the visitors won 3-1 after extra time", "the visitors won 1-3 after extra time", id="score"
    ),
    pytest.param(
        "the minister told the governor to resign over the flood",
        "the governor told the minister to resign over the flood",
        id="who told whom",
    ),
    pytest.param(
        "the chairman of the port authority resigned",
        "the director of the port authority resigned",
        id="another office",
    ),
]


@pytest.mark.parametrize(("one", "other"), ANOTHER)
@pytest.mark.parametrize("same_manner", [True, False])
def test_what_leads_to_a_shared_word_makes_another_claim(
    one: str, other: str, same_manner: bool
) -> None:
    for first, second in ((one, other), (other, one)):
        found = likeness(read_wording(first), read_wording(second), same_manner=same_manner)
        assert not found.same


ONE = [
    pytest.param(
        "the army had retaken the town of Arvad after three days of fighting",
        "the army had retaken Arvad after three days of fighting",
        id="what a name is",
    ),
    pytest.param(
        "a total of 40 houses had been destroyed in the fire",
        "40 houses were destroyed in the fire",
        id="a word that only counts",
    ),
    pytest.param(
        "the two leaders would meet in Tarsis on Friday",
        "the two leaders will meet on Friday in Tarsis",
        id="day and place change places",
    ),
    pytest.param(
        "the army would help to rebuild the road", "the army would help rebuild the road", id="to"
    ),
    pytest.param(
        "two bodies had been recovered from the wreck by divers",
        "divers had recovered two bodies from the wreck",
        id="told in the passive",
    ),
    pytest.param(
        "we are building a wall", "they are building a wall", id="a reporter's they for a we"
    ),
    pytest.param(
        "“I think it’s wrong that the dam was built there,”",
        "it was “wrong that the dam was built there”",
        id="what one thinks oneself",
    ),
    pytest.param(
        "“The gate was old. If we had known, we would have come.”",
        "“The gate was old.”",
        id="a condition of another sentence",
    ),
    pytest.param(
        "“Nobody came to the harbour that night,” … “and the harbour of Karst is not on the moon.”",
        "“Nobody came to the harbour that night,”",
        id="a word that comes twice",
    ),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_what_stands_beside_makes_no_other_claim(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        found = likeness(read_wording(first), read_wording(second), same_manner=True)
        assert found.same, found.reason
