"""Every module says its formula and its source, and the page about them names each of them and is right."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from fachkraftwerk import deliberation

PAGE = Path(__file__).parents[2] / "docs" / "deliberation.md"
MODULES = [
    module.name.removeprefix("fachkraftwerk.deliberation.")
    for module in pkgutil.walk_packages(deliberation.__path__, "fachkraftwerk.deliberation.")
    if not module.ispkg
]
WITHOUT_METHOD = {"outcome", "agreement"}


@pytest.mark.parametrize("name", MODULES)
def test_module_names_its_source_and_stands_on_the_page(name: str) -> None:
    text = importlib.import_module(f"fachkraftwerk.deliberation.{name}").__doc__ or ""
    assert name in WITHOUT_METHOD or re.search(r"Reference|Method:|Format:|Layout:", text)
    assert f"`{name}`" in PAGE.read_text("utf-8")


def test_the_example_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert blocks
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), {})


def test_importing_the_mathematics_is_light() -> None:
    # The command line shows its help without paying for these.
    for name in MODULES:
        source = Path(importlib.import_module(f"fachkraftwerk.deliberation.{name}").__file__ or "").read_text("utf-8")
        assert not re.search(r"^(import|from) (scipy|sklearn|pandas|threadpoolctl)", source, re.M)
        assert len(source.splitlines()) <= 400
