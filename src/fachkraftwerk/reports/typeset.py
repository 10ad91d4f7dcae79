"""From data to PDF: a template of ours reads the data as JSON, so that no text of a reader is ever markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal

from fachkraftwerk.reports.theme import theme

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: tagged, titled, with language; readable by screen readers."""


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Typeset ``typ/<template>.typ`` (after the common ``typ/base.typ``) with ``data``, which it finds as ``data``.

    The same data gives the same bytes: no clock is read.
    """
    import typst

    folder = files("fachkraftwerk.reports").joinpath("typ")
    source = b"\n".join(folder.joinpath(f"{name}.typ").read_bytes() for name in ("base", template))
    inputs = {"data": json.dumps({**data, "theme": theme()}, ensure_ascii=False)}
    try:
        return typst.compile(source, format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD], timestamp=0)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        # A sign no font here can draw (an emoji on a card): the document stays tagged, but cannot claim the standard.
        return typst.compile(source, format="pdf", sys_inputs=inputs, timestamp=0)
