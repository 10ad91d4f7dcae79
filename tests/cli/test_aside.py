"""Standard output holds the answer and nothing else, whatever compiled code prints."""

from __future__ import annotations

import ctypes

import pytest

from fachkraftwerk.cli.portfolio import aside


def test_what_compiled_code_prints_goes_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    libc = ctypes.CDLL(None)
    with aside():
        libc.puts(b"step of a solver")
    print("answer")
    seen = capfd.readouterr()
    assert seen.out == "answer\n" and "step of a solver" in seen.err
