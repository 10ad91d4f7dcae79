"""Shapes of the answers; they are the contract that the OpenAPI description states."""

from __future__ import annotations

from typing import Any

from ninja import Schema


class Words(Schema):
    """One text in both languages."""

    de: str
    en: str


class RegionOut(Schema):
    """One Kreis or district-free city."""

    ags: str
    name: str
    kind: str
    land: str
    nuts3: str


class FigureOut(Schema):
    """One figure with its range; positive = shortage. Withheld cells (fewer than 50 people) carry no value."""

    figure: str
    region: str
    name: str
    year: int
    indicator: str
    qualification: str
    level: str
    occupation: str
    value: float | None
    central: float | None
    p10: float | None
    p25: float | None
    p75: float | None
    p90: float | None
    p_shortage: float | None
    unit: str
    estimated_share: float
    withheld: str | None = None


class ReferenceOut(Schema):
    """A figure somebody else published."""

    region: str
    name: str
    year: int
    base_year: int
    qualification: str
    value: float
    source: str
    url: str


class ForecastOut(Schema):
    """The document of ``forecast --json``."""

    edition: str
    base_year: int
    draws: int
    figures: list[FigureOut]
    references: list[ReferenceOut]


class NodeOut(Schema):
    """One knot of the way from a figure to its source rows."""

    key: str
    name: Words
    says: Words
    figure: str
    value: dict[str, Any] | None
    functions: list[dict[str, Any]]
    parameters: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    parts: list[NodeOut]


class SourceOut(Schema):
    """A publication in the edition."""

    id: str
    title: Words
    publisher: Words
    table: str
    date: str
    licence: str
    credit: str
    files: list[dict[str, Any]]


class EditionOut(Schema):
    """The open edition: tables and sources."""

    name: str
    tables: dict[str, dict[str, Any]]
    sources: list[SourceOut]


class FaultOut(Schema):
    """One thing that is wrong, with the remedy, in both languages."""

    where: str
    de: str
    en: str


class FaultsOut(Schema):
    """Everything that is wrong with a request."""

    faults: list[FaultOut]
