"""explain: a figure's way back to the source rows."""

from __future__ import annotations

from typing import Annotated

import typer

from fachkraftwerk.cli.application import Application
from fachkraftwerk.cli.options import Json, Lang
from fachkraftwerk.cli.output import write_json

explain_app = Application()


@explain_app.command()
def explain(
    figure: Annotated[
        str,
        typer.Argument(
            help="Kennung einer Zahl, z. B. 2026-1.06633.2030.gap_cumulated.skilled.all.all · id of a figure, e.g. 2026-1.06633.2030.gap_cumulated.skilled.all.all"
        ),
    ],
    lang: Lang = "de",
    as_json: Json = False,
) -> None:
    """Woher kommt diese Zahl? · a figure's way back to its sources."""
    from fachkraftwerk.core.figure import Figure
    from fachkraftwerk.runs.desk import open_desk
    from fachkraftwerk.runs.explain import as_document, as_lines
    from fachkraftwerk.runs.explain import explain as tree

    node = tree(Figure.parse(figure), open_desk(), draws=0)
    if as_json:
        write_json(as_document(node))
    else:
        print("\n".join(as_lines(node, lang)))
