"""Documentation that lies fails here: settings, commands, links and folders are held against the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fachkraftwerk.cli.main import COMMANDS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "fachkraftwerk"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
#: Switches for development that an operator has no use for.
INTERNAL = {
    "FACHKRAFTWERK_DEBUG",
    "FACHKRAFTWERK_WARM",
    "FACHKRAFTWERK_RAW",
    "FACHKRAFTWERK_STRICT",
    "FACHKRAFTWERK_MEASURES",
}


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    used = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(r"\"(FACHKRAFTWERK_[A-Z_]+)\"", path.read_text("utf-8"))
    }
    told = set(re.findall(r"`(FACHKRAFTWERK_[A-Z_]+)`", (ROOT / "docs" / "operators.md").read_text("utf-8")))
    assert used - INTERNAL == told


def test_every_command_is_documented() -> None:
    text = " ".join(path.read_text("utf-8") for path in PAGES)
    missing = [name for name in COMMANDS if not re.search(rf"(fachkraftwerk|werk run|werk) {name}\b", text)]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_named_in_the_guides_exist(page: Path) -> None:
    named = re.findall(
        r"`((?:src|docs|tests|core|sources|edition|model|runs|web|cli|deliberation|reports)/[\w/.]*\w)[.`/]",
        page.read_text("utf-8"),
    )
    missing = [name for name in named if not any(_found(base / name) for base in (ROOT, SOURCE))]
    assert missing == []


def _found(path: Path) -> bool:
    """A file or folder, or a function in a module ("model/supply/flows.flows")."""
    if path.exists():
        return True
    module = path.with_suffix(".py")
    return module.exists() and bool(re.search(rf"(def|class) {path.suffix[1:]}\b", module.read_text("utf-8")))


def test_the_readme_shows_the_two_commands_first() -> None:
    commands = re.findall(r"```sh\n(.*?)\n```", (ROOT / "README.md").read_text("utf-8"), re.S)
    assert commands[:2] == ["./werk start", "./werk test"]


def test_every_decision_is_listed() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    assert all(path.name in index for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_no_machine_path_and_no_download_address_in_requirement_files() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text("utf-8")
