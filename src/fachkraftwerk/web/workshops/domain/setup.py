"""What a host prepared, as it may be in a file from elsewhere: sizes and kinds, before anything is made of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from fachkraftwerk.core.errors import Fault
from fachkraftwerk.core.text import Text

Key = Annotated[str, StringConstraints(max_length=60)]
Line = Annotated[str, StringConstraints(max_length=240)]
Number = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]


class Part(BaseModel):
    """Further values may stand beside these: later versions add some."""

    model_config = ConfigDict(extra="allow", strict=True)


class Words(Part):
    """A text in both languages."""

    de: Annotated[str, StringConstraints(max_length=1200)]
    en: Annotated[str, StringConstraints(max_length=1200)] = ""


class Figure(Part):
    """A figure of the wall."""

    id: Key
    label: Words
    text: Words | None = None
    value: Number
    low: Number | None = None
    high: Number | None = None
    address: Annotated[str, StringConstraints(max_length=200)] = ""


class Chosen(Part):
    """A prepared field of action."""

    id: Key
    name: Line
    vocabulary: Key = ""


class Known(Part):
    """A measure that exists already."""

    title: Line
    owner: Line = ""
    field: Key = ""
    note: Annotated[str, StringConstraints(max_length=1200)] = ""


class Setup(Part):
    """All a host prepares."""

    tables: Annotated[int, Field(ge=0, le=99)] = 0
    figures: Annotated[list[Figure], Field(max_length=60)] = []
    fields: Annotated[list[Chosen], Field(max_length=200)] = []
    existing: Annotated[list[Known], Field(max_length=5000)] = []
    table_fields: Annotated[
        dict[Annotated[str, StringConstraints(pattern=r"^[0-9]{1,2}$")], Key], Field(max_length=99)
    ] = {}
    budget: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    unit: Literal["days", "eur"] = "days"
    became: dict[str, Any] = {}


def faults(raw: dict[str, Any], remedy: Text, most: int = 12) -> list[Fault]:
    """Return what does not fit, each with its place; empty for what this program wrote."""
    try:
        Setup.model_validate(raw)
    except ValidationError as error:
        said = Text("Diese Angabe passt nicht.", "This value does not fit.")
        return [Fault(said, remedy, ".".join(map(str, ("setup", *each["loc"])))) for each in error.errors()[:most]]
    return []
