"""Every German text of the pages has its English, and the compiled catalogues are those of the sources."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_text_has_its_english() -> None:
    result = subprocess.run([sys.executable, "tools/texts.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
