from __future__ import annotations

import tomllib
from datetime import date
from importlib import resources

import pytest

from sayso.errors import ConfigError
from sayso.records import Outlet
from sayso.trace.credits import wire
from sayso.trace.owners import Owners, default_owners, domains
from tests.build import report

LIST = """
[[owner]]
name = "Halbert"
source = "imprint of the Orla Gazette"
[owner.outlets]
"gazette.example" = "Orla Gazette"
"echo.co.uk" = "Karst Echo"
"""


@pytest.mark.parametrize(
    ("outlet", "url", "owner"),
    [
        pytest.param("Orla Gazette", None, "Halbert", id="by name"),
        pytest.param("orla gazette", None, "Halbert", id="by name, other case"),
        pytest.param("The paper", "https://www.echo.co.uk/a", "Halbert", id="by domain"),
        pytest.param("The paper", "https://other.co.uk/a", None, id="another domain"),
        pytest.param("The paper", "http://[half", None, id="no address at all"),
        pytest.param("The paper", None, None, id="nothing known"),
    ],
)
def test_an_owner_is_named_only_where_a_list_says_so(
    outlet: str, url: str | None, owner: str | None
) -> None:
    assert Owners([LIST]).owner(report("Words.", outlet=outlet, url=url)) == owner


def test_what_the_source_list_tells_wins_over_every_list() -> None:
    owners = Owners([LIST], given={"Orla Gazette": "New Owner"})
    assert owners.owner(report("Words.", outlet="Orla Gazette")) == "New Owner"


def test_the_readers_list_wins_over_the_one_that_comes_with_sayso() -> None:
    mine = '[[owner]]\nname = "Me"\n[owner.outlets]\n"cnn.com" = "CNN"\n'
    page = report("Words.", outlet="CNN", url="https://edition.cnn.com/x")
    assert default_owners().owner(page) == "Warner Bros. Discovery"
    assert default_owners(more=[mine]).owner(page) == "Me"


def test_outlets_tell_their_owners() -> None:
    owners = default_owners([Outlet(name="Orla Gazette", owner="Halbert")])
    assert owners.owner(report("Words.", outlet="Orla Gazette")) == "Halbert"


def test_one_outlet_by_two_names_is_one_newsroom() -> None:
    owners = default_owners()
    one = report("Words.", outlet="CNN (Web News)", url="https://www.cnn.com/a")
    other = report("Words.", outlet="CNN", url="https://edition.cnn.com/b")
    assert owners.outlet(one) == owners.outlet(other)


@pytest.mark.parametrize(
    "text",
    ["not = [toml", "[[owner]]\nname = 1", '[[owner]]\nname = "A"\noutlets = "b"'],
)
def test_a_list_that_makes_no_sense_is_named(text: str) -> None:
    with pytest.raises(ConfigError, match="owner"):
        Owners([text])


def test_every_domain_of_the_list_is_registrable_or_below_one() -> None:
    owners = default_owners()
    for domain in owners.domains():
        assert domain in domains(f"https://{domain}/"), domain


def test_an_agency_is_known_by_name_and_by_domain() -> None:
    assert wire(report("Words.", outlet="Associated Press")) == "AP"
    assert wire(report("Words.", outlet="x", url="https://www.reuters.com/a")) == "Reuters"
    assert wire(report("Words.", outlet="Orla Gazette")) is None


def test_the_shipped_list_says_of_every_entry_what_was_read_to_check_it() -> None:
    text = resources.files("sayso.trace").joinpath("data/owners.toml").read_text("utf-8")
    entries = tomllib.loads(text)["owner"]
    for entry in entries:
        for check in entry["checked"]:  # an empty list says that nothing confirmed it
            assert check["page"].startswith(("https://", "http://")), entry["name"]
            assert isinstance(check["day"], date), entry["name"]
            assert check["outlets"], entry["name"]
            assert set(check["outlets"]) <= set(entry["outlets"].values()), entry["name"]
    confirmed = {name for one in entries for check in one["checked"] for name in check["outlets"]}
    assert len(confirmed) >= 200


def test_a_house_that_was_bought_counts_as_its_buyer() -> None:
    owners = default_owners()
    station = report("Words.", outlet="x", url="https://www.king5.com/a")
    assert owners.owner(station) == owners.owner(report("Words.", outlet="The Hill")) == "Nexstar"
