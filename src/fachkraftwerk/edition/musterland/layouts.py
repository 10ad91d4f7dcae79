"""Tables of Musterland written as the publishers write theirs, so that the importers read them like real ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fachkraftwerk.edition.musterland import books, maps, raw_files, regional
from fachkraftwerk.edition.musterland.write import eurostat, flat, number, rows_of, save

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, "pd.DataFrame"]
#: Writes a publication's files (target paths by pattern, in its order) from the edition's tables.
Writer = Callable[[Tables, list[Path]], None]
_SEX = {"m": "GESM", "f": "GESW", "total": ""}
_NATION = {"german": "NATD", "foreign": "NATA", "total": "INSGESAMT"}
_FORM = {"total": "LB-INS", "couple": "PAAROK", "family": "FAMILIEN", "single": "ALLEINST"}
_MEASURE = {"population": "BEV036", "employed": "ERW041", "unemployed": "ERW042"}


def _population_total(tables: Tables, paths: list[Path]) -> None:
    """Regional data base, flat, zipped."""
    facts = tables["population_total"]
    named = facts.assign(time=facts["year"].astype(str) + "-12-31", region=facts["ags"], sex=facts["sex"].map(_SEX))
    save(flat(named, "12411", "STAG", {"region": "KREISE", "sex": "GES"}, "BEVSTD"), _packed(paths[0], ".zip"))


def _students(tables: Tables, paths: list[Path]) -> None:
    """Regional data base, flat, gzipped."""
    facts = tables["students"]
    subjects = facts["subject"].map(lambda name: "INSGESAMT" if name == "total" else f"HS-{name}")
    named = facts.assign(
        time=facts["year"].astype(str) + "-10P6M", region=facts["ags"], sex=facts["sex"].map(_SEX),
        nationality=facts["nationality"].map(_NATION), subject=subjects,
    )  # fmt: skip
    variables = {"region": "KREISE", "sex": "GES", "nationality": "NAT", "subject": "HS-FG2"}
    save(flat(named, "21311", "SEMEST", variables, "HS-W02"), _packed(paths[0], ".gz"))


def _living(tables: Tables, paths: list[Path]) -> None:
    facts = tables["living_arrangements"]
    named = facts.assign(time=facts["year"].astype(str), region=facts["ags"], form=facts["form"].map(_FORM))
    save(flat(named, "12211", "JAHR", {"region": "KREISE", "form": "LBFORM01"}, "LBFMZ01"), _packed(paths[0]))


def _employees(tables: Tables, paths: list[Path]) -> None:
    facts = tables["svb_recent"].query("region == '99'")
    named = facts.assign(time=facts["day"], sex=facts["sex"].map(_SEX))
    save(flat(named, "13111", "STAG", {"region": "DLAND", "sex": "GES"}, "ERW065"), _packed(paths[0]))


def _employees_of_kreise(tables: Tables, paths: list[Path]) -> None:
    """Every Kreis and the whole of them, by nationality."""
    facts = tables["svb_recent"].query("region != '99'")
    nations = facts["nationality"].map({"total": "", "foreign": "NATA"})
    named = facts.assign(time=facts["day"], sex=facts["sex"].map(_SEX), nationality=nations)
    variables = {"region": "KREISE", "nationality": "NAT", "sex": "GES"}
    save(flat(named, "13111", "STAG", variables, "ERW032"), _packed(paths[0], ".gz"))


def _participation_now(tables: Tables, paths: list[Path]) -> None:
    """The rebuilt microcensus: contents side by side, labour force and inactive beside our three."""
    import pandas as pd

    facts = tables["participation"].query("year >= 2020")
    keys = ["year", "sex", "age5"]
    wide = facts.pivot(index=keys, columns="status_group", values="value").rename(columns=_MEASURE)
    labour = wide["ERW041"] + wide["ERW042"]
    long = wide.assign(ERW040=labour.round(3), ERW043=(wide["BEV036"] - labour).round(3)).reset_index()
    named = long.melt(id_vars=keys, var_name="measure")
    low = named["age5"].str.extract(r"^(\d+)")[0].astype(int)
    labels = [books.age_label(age) for age in named["age5"]]
    named = named.assign(time=named["year"].astype(str), region="DG", sex=named["sex"].map(_SEX), age_label=labels,
                         age="ALT" + low.map("{:03d}".format))  # fmt: skip
    variables = {"region": "DINSG", "sex": "GES", "age": "ALT068"}
    save(flat(pd.DataFrame(named), "12211", "JAHR", variables), _packed(paths[0]))


def _demography(tables: Tables, paths: list[Path]) -> None:
    """Eurostat: TSV of before 2023 and of today by sex and age, csv extract and TSV of sums.

    Population counts on 1 January of the next year.
    """
    people = _aged(tables["population_age5"].assign(year=lambda frame: frame["year"] + 1))
    save(eurostat(people, ["sex", "unit", "age", "geo"], newest_first=True), paths[0])
    save(eurostat(_aged(tables["deaths_age5"]), ["freq", "sex", "unit", "age", "geo"]), paths[1])
    save(eurostat(_coded(tables["births"]), ["freq", "unit", "geo"], tabs=False), paths[2])
    save(eurostat(_coded(tables["deaths"]), ["freq", "unit", "geo"]), paths[3])


def _coded(facts: pd.DataFrame) -> pd.DataFrame:
    return facts.assign(freq="A", unit=facts.get("unit", "NR"), geo="DEM" + facts["ags"].str[3:])


def _aged(facts: pd.DataFrame) -> pd.DataFrame:
    """Codes of ages; the oldest are published as 85 to 89 and 90 and older; then all ages and both sexes."""
    import pandas as pd

    codes = {"0-4": "Y_LT5", "85+": "Y85-89"}
    named = _coded(facts).assign(sex=facts["sex"].str.upper(), age=facts["age5"].map(lambda a: codes.get(a, f"Y{a}")))
    oldest = named[named["age5"] == "85+"]
    split = oldest.assign(value=(oldest["value"] * 0.3).round(), age="Y_GE90")
    rest = oldest.assign(value=oldest["value"] - split["value"])
    parts = pd.concat([named[named["age5"] != "85+"], rest, split])
    keys = ["freq", "unit", "geo", "year", "sex", "age"]
    ages = pd.concat([parts, parts.assign(age="TOTAL").groupby(keys)["value"].sum().reset_index()])
    return pd.concat([ages, ages.assign(sex="T").groupby(keys)["value"].sum().reset_index()])


def _gdp(tables: Tables, paths: list[Path]) -> None:
    save(eurostat(_coded(tables["gdp"]), ["freq", "unit", "geo"], tabs=False), paths[0])


def _fertility(tables: Tables, paths: list[Path]) -> None:
    facts = tables["fertility"]
    wide = facts.pivot(index="year", columns="age5", values="value")
    ages = sorted(wide.columns, key=lambda age: int(age.split("-")[0]))
    estimated = set(facts.loc[facts["status"] == "estimated", "year"])
    rows = [["medium" if year in estimated else "est", "276", year, *(f"{rate:.2f}" for rate in rates)]
            for year, rates in zip(wide.index, wide[ages].to_numpy(), strict=True)]  # fmt: skip
    save(rows_of([["quelle", "Location code", "Year", *ages], *rows]), paths[0])


def _kldb(tables: Tables, paths: list[Path]) -> None:
    rows = tables["kldb"][["code", "level", "title"]].to_numpy().tolist()
    save(rows_of([["Schlüssel KldB 2010, V. 2020", "Ebene", "Titel"], *rows], sep=";"), paths[0])


def _oes(tables: Tables, paths: list[Path]) -> None:
    facts = tables["oes"].query("year < 2025")
    rows = facts[["year", "soc", "title", "level"]].to_numpy().tolist()
    cells = [[*row, number(value), "#"] for row, value in zip(rows, facts["value"], strict=True)]
    save(rows_of([["jahr", "occ_code", "occ_title", "gruppe", "tot_emp", "a_median"], *cells]), paths[0])


def _oews(tables: Tables, paths: list[Path]) -> None:
    facts = tables["oes"].query("year == 2025")
    levels = {"total": 0, "major": 0, "minor": 1, "broad": 2, "detailed": 3}
    rows: list[list[Any]] = [
        ["N", "0000000", "National", row["soc"].replace("-", ""), row["title"], levels[row["level"]], number(row["value"])]
        for row in facts.to_dict("records")
    ]  # fmt: skip
    save(
        rows_of([["gebietstyp", "gebiet", "gebiet_name", "soc", "soc_name", "ebene", "beschaeftigte"], *rows]), paths[0]
    )


def _packed(path: Path, suffix: str = "") -> Path:
    """A pattern "….csv*" stands for a plain and for a packed file."""
    return path.with_name(path.name.rstrip("*") + suffix)


#: Publication → short key in Musterland and its writer.
WRITERS: dict[str, tuple[str, Writer]] = {
    "ba-pendler": ("commuters", raw_files.commuters),
    "regionalstatistik-13111-07-05-4": ("sectors", raw_files.sectors),
    "regionalstatistik-12411-01-01-4": ("total", _population_total),
    "regionalstatistik-21311-01-01-4-b": ("students", _students),
    "regionalstatistik-12211-z-11": ("living", _living),
    "genesis-13111-0005": ("employees", _employees),
    "genesis-12211-0001": ("microcensus", _participation_now),
    "genesis-12211-0003": ("microcensus-before", books.participation),
    "eurostat-demografie": ("demography", _demography),
    "eurostat-gdp": ("product", _gdp),
    "un-wpp2022": ("fertility", _fertility),
    "genesis-12612-0002": ("births-by-month", regional.months),
    "genesis-12613-0006": ("deaths-by-month", regional.months),
    "genesis-12411-0006": ("people-by-age", regional.people_by_age),
    "genesis-12411-0013": ("people-of-lands", regional.people_of_lands),
    "genesis-12411-0018": ("people-by-group", regional.people_by_group),
    "genesis-12613-0004": ("deaths-by-age", regional.deaths_by_age),
    "regionalstatistik-12411-02-03-4": ("people-by-group-now", regional.people_by_group_now),
    "regionalstatistik-13111-01-03-4": ("employees-of-kreise", _employees_of_kreise),
    "regionalstatistik-13211-02-05-4": ("unemployed", regional.unemployed),
    "regionalstatistik-21111-01-03-4": ("pupils", regional.pupils),
    "regionalstatistik-21111-02-06-4": ("leavers", regional.leavers),
    "regionalstatistik-21121-02-02-4": ("vocational-leavers", regional.leavers),
    "regionalstatistik-82411-01-03-4": ("income", regional.income),
    "destatis-schulabgaenge-laender": ("leavers-of-lands", regional.leavers_of_lands),
    "destatis-gemeindeverzeichnis": ("areas", maps.areas),
    "bkg-vg5000": ("map", maps.regions),
    "gebietsaenderungen": ("reforms", maps.reforms),
    "references": ("references", maps.references),
    "eurostat-proj19rp3": ("projection", maps.projection),
    "bls-ruecktest": ("projection-abroad", maps.projection_abroad),
    "kldb-2010": ("kldb", _kldb),
    "wz-2008": ("wz", books.wz),
    "bls-oes": ("abroad-before", _oes),
    "bls-oews": ("abroad-now", _oews),
    "inkar": ("indicators", books.indicators),
    "kreiswanderungsmatrix": ("moves", books.moves),
    "ba-berufe-deutschland": ("occupations", books.occupations),
    "bbsr-umstiegsschluessel": ("recoding", books.recoding),
    "destatis-periodensterbetafeln": ("life-tables", books.life_tables),
    "destatis-bevoelkerung-einzelalter": ("single-ages", books.single_ages),
}
