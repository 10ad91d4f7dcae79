"""Refusals: all faults at once, reasons of the system in both languages."""

import errno

import pytest

from fachkraftwerk.core.errors import Refusal, reason, refuse, together


def _no(number: int) -> None:
    raise refuse(f"Fehler {number}.", f"Fault {number}.", "Ändern.", "Change.")


def test_together_returns_what_every_step_returns_in_order() -> None:
    assert together(lambda: 1, lambda: "zwei", lambda: None) == [1, "zwei", None]


def test_no_fault_waits_for_another() -> None:
    with pytest.raises(Refusal) as refused:
        together(lambda: _no(1), lambda: 2, lambda: _no(3))
    assert [fault.what.de for fault in refused.value.faults] == ["Fehler 1.", "Fehler 3."]


def test_other_errors_are_not_taken_for_faults() -> None:
    with pytest.raises(ZeroDivisionError):
        together(lambda: _no(1), lambda: 1 / 0)


def test_the_system_gives_its_reason_in_the_readers_language() -> None:
    said = reason(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    assert (said.de, said.en) == ("gibt es nicht", "no such file or directory")
    assert reason(OSError(errno.EPIPE, "Broken pipe")).de == "Broken pipe"
