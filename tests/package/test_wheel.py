"""What a user installs works: the wheel in an empty environment, then the example."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from tests.plugins.chromium import free_port

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("package")]


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command and show its output when it fails."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)  # type: ignore[call-overload]
    assert result.returncode == 0, result.stdout + result.stderr
    return result


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with only the built wheel and its pinned dependencies; returns its bin folder."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    wheel = next(folder.glob("*.whl"))
    environment = folder / "environment"
    run(sys.executable, "-m", "venv", environment)
    python = environment / "bin" / "python"
    run(
        python,
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        ROOT / "requirements" / "run.txt",
    )
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", wheel)
    return environment / "bin"


def test_the_wheel_holds_the_data_and_the_licence(installed: Path) -> None:
    where = run(
        installed / "python", "-c", "import fachkraftwerk; print(fachkraftwerk.__path__[0])", cwd="/"
    ).stdout.strip()
    assert (Path(where) / "edition" / "shipped" / "manifest.json").exists()
    assert run(installed / "fachkraftwerk", "edition", "check", cwd="/")
    held = run(
        installed / "python", "-c", "import importlib.metadata as m; print(*m.files('fachkraftwerk'))", cwd="/"
    ).stdout
    assert "LICENSE" in held
    assert "NOTICE" in held


def test_the_example_answers(installed: Path, tmp_path: Path) -> None:
    port = free_port()
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "FACHKRAFTWERK", "PYTHON"))
    }
    command = [str(installed / "fachkraftwerk"), "demo", f"127.0.0.1:{port}", "--folder", str(tmp_path)]
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        try:
            page = _first_answer(f"http://127.0.0.1:{port}/kreis/06633/", process)
        finally:
            process.terminate()
    assert "Landkreis Kassel" in page


def _first_answer(address: str, process: subprocess.Popen[str]) -> str:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the example did not answer")
