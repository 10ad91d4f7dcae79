"""Cost of one act and of one publishing in a workshop of 1,000 people, as the wall grows.

    python -m benchmarks.live

Measures the thread that owns the rooms alone, without network: what an act costs in a batch of ten (transaction
included), what it costs to fold, compare and encode a change for both audiences, and the size of the full state.
"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable

from load.house import FIELDS, SCRIPT

PEOPLE, ROUNDS = 1000, 8


def main() -> None:
    """Print one line per five hundred acts."""
    os.environ["FACHKRAFTWERK_HOME"] = tempfile.mkdtemp(prefix="fachkraftwerk-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "fachkraftwerk.web.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from fachkraftwerk.web.workshops.live import rooms

    workshop_id, batch = _hall()
    for number in range(ROUNDS):
        act = _time(lambda: rooms.act(workshop_id, batch(10)), 50)
        publish = _time(lambda: (rooms.act(workshop_id, batch(1)), rooms.publish(workshop_id)), 10)
        size = len(rooms.room(workshop_id).channels[rooms.PUBLIC].full.data)
        print(
            f"{(number + 1) * 510:6} acts: ten acts {act:5.1f} ms, one act and publishing {publish:5.1f} ms, state {size:7} bytes"
        )


def _hall():  # type: ignore[no-untyped-def]
    from django.contrib.auth.models import User

    from fachkraftwerk.web.workshops.domain import formats, hosting
    from fachkraftwerk.web.workshops.domain.admission import Message
    from fachkraftwerk.web.workshops.domain.perform import Request
    from fachkraftwerk.web.workshops.domain.state import MODERATOR, PARTICIPANT, SYSTEM, Actor
    from fachkraftwerk.web.workshops.live import rooms

    host = User.objects.create_user("bench")
    workshop = hosting.create(host, "Bench", "99001", "Bench", formats.read(SCRIPT), {"tables": 20, "fields": FIELDS})
    people = [Actor(f"person-{n}", PARTICIPANT, "bildung", n % 20) for n in range(PEOPLE)]
    joins = [Request(Actor(p.id, SYSTEM, p.bench, p.table), Message(f"join-{p.id}", 1, "join", {"bench": p.bench, "table": p.table}))
             for p in people]  # fmt: skip
    rooms.act(workshop.id, [*joins, Request(Actor("moderation", MODERATOR), Message("moderation-1", 1, "open"))])
    chance, numbers = random.Random(0), iter(range(1, 1_000_000))

    def batch(size: int) -> list[Request]:
        return [Request(chance.choice(people), _message(chance, next(numbers))) for _ in range(size)]

    return workshop.id, batch


def _message(chance: random.Random, number: int):  # type: ignore[no-untyped-def]
    from fachkraftwerk.web.workshops.domain.admission import Message

    verb, payload = chance.choice((
        ("write_card", {"text": f"Karte {number} mit einem Gedanken"}), ("rank_fields", {"order": ["p1", "p2", "p3"]}),
        ("check_gap", {"field": "p1", "judgement": "partly"}), ("check_gap", {"field": "p2", "judgement": "missing"}),
    ))  # fmt: skip
    return Message(f"client-{number:08d}", 1, verb, payload)


def _time(work: Callable[[], object], turns: int) -> float:
    begun = time.perf_counter()
    for _ in range(turns):
        work()
    return (time.perf_counter() - begun) / turns * 1000


if __name__ == "__main__":
    main()
