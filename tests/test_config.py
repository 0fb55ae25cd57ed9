"""Settings are read once, and a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.config import Settings, read_settings
from sayso.errors import ConfigError


def test_the_environment_goes_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "sayso.toml"
    file.write_text('port = 9000\nedition = "war.toml"\n')
    settings = read_settings(file, {"SAYSO_PORT": "9001"})
    assert (settings.port, settings.edition) == (9001, "war.toml")


def test_the_environment_may_name_the_file(tmp_path: Path) -> None:
    file = tmp_path / "sayso.toml"
    file.write_text("workers = 2\n")
    assert read_settings(None, {"SAYSO_CONFIG": str(file)}).workers == 2


def test_nothing_told_gives_the_defaults() -> None:
    assert read_settings(None, {"HOME": "/somewhere"}) == Settings()


@pytest.mark.parametrize(
    "toml, environment, named",
    [
        pytest.param("prot = 1", {}, "prot", id="misspelt"),
        pytest.param("port = 'x'", {}, "port", id="wrong-type"),
        pytest.param("port = true", {}, "port", id="true-is-no-number"),
        pytest.param("port = 70000", {}, "port", id="out-of-range"),
        pytest.param("finder = 'magic'", {}, "finder", id="not-a-choice"),
        pytest.param("port =", {}, "sayso.toml", id="not-toml"),
        pytest.param("token = 'x'", {}, "SAYSO_TOKEN", id="a-secret-in-a-file"),
        pytest.param("", {"SAYSO_PROT": "1"}, "SAYSO_PROT", id="misspelt-variable"),
        pytest.param("", {"SAYSO_PORT": "many"}, "SAYSO_PORT", id="wrong-variable"),
    ],
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, toml: str, environment: dict[str, str], named: str
) -> None:
    file = tmp_path / "sayso.toml"
    file.write_text(toml)
    with pytest.raises(ConfigError, match=named):
        read_settings(file, environment)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        read_settings(tmp_path / "nowhere.toml", {})
