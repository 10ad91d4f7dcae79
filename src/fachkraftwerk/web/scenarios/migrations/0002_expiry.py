"""Scenarios of guests expire; those saved before count from now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def give_time(apps: Any, schema_editor: Any) -> None:
    """Give scenarios without a date the time a guest has."""
    saved = apps.get_model("scenarios", "SavedScenario")
    saved.objects.filter(expires=None, owner=None).update(expires=timezone.localdate() + timedelta(days=180))


class Migration(migrations.Migration):
    """Add owner and date of expiry."""

    dependencies: ClassVar[list[Any]] = [
        ("scenarios", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar[list[Any]] = [
        migrations.AddField("savedscenario", "expires", models.DateField(blank=True, db_index=True, null=True)),
        migrations.AddField(
            "savedscenario", "owner",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(give_time, migrations.RunPython.noop),
    ]  # fmt: skip
