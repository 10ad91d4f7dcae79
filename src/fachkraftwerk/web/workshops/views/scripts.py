"""Scripts: read, copy, edit, export."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.web.workshops.domain import formats, steps
from fachkraftwerk.web.workshops.models import Script


def library(request: HttpRequest) -> HttpResponse:
    """Show the scripts that come with the program and the host's own."""
    lang = get_language() or "de"
    shipped = [
        {"key": key, "name": script.name.in_(lang), "summary": script.summary.in_(lang),
         "minutes": sum(phase.minutes for phase in script.phases),
         "phases": [(phase.title.in_(lang), phase.minutes) for phase in script.phases]}
        for key, script in formats.shipped().items()
    ]  # fmt: skip
    own = Script.objects.filter(owner=request.user.pk) if request.user.is_authenticated else []
    return render(request, "workshops/scripts.html", {"shipped": shipped, "own": own})


def _shipped(key: str) -> formats.Format:
    script = formats.shipped().get(key)
    if script is None:
        raise Http404
    return script


def export(request: HttpRequest, key: str) -> HttpResponse:
    """Return a script as YAML: a shipped one by key, an own one as ``eigenes-<number>``."""
    if key.startswith("eigenes-") and key[8:].isdigit():
        content = get_object_or_404(Script, pk=int(key[8:]), owner=request.user.pk or 0).content
    else:
        content = formats.dump(_shipped(key))
    response = HttpResponse(formats.to_yaml(content), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.yaml"'
    return response


@login_required
@require_POST
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """Copy a shipped script for editing."""
    script = _shipped(key)
    content = formats.dump(script)
    made = Script.objects.create(
        owner_id=request.user.pk or 0, name=f"{script.name.in_(get_language() or 'de')} ({_('Kopie')})", content=content
    )
    return redirect("workshops:edit_script", number=made.pk)


@login_required
@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Delete an own script. Workshops made from it keep their copy."""
    script = get_object_or_404(Script, pk=number, owner=request.user.pk or 0)
    script.delete()
    messages.success(request, _("Das Drehbuch ist gelöscht. Werkstätten daraus behalten ihren Ablauf."))
    return redirect("workshops:scripts")


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Edit an own script, step by step or as YAML; faults are shown with their place, nothing is lost."""
    script = get_object_or_404(Script, pk=number, owner=request.user.pk or 0)
    lang = get_language() or "de"
    typed, faults, stepwise = formats.to_yaml(script.content), [], "steps" in request.POST
    if request.method == "POST":
        typed = typed if stepwise else request.POST.get("content", "")
        try:
            script.content = steps.changed(script.content, request.POST, lang) if stepwise else formats.from_yaml(typed)
        except Refusal as refusal:
            faults = [fault.message(get_language() or "de") for fault in refusal.faults]
        else:
            script.name = request.POST.get("name", script.name)[:120] or script.name
            script.save()
            messages.success(request, _("Gespeichert."))
            return redirect("workshops:scripts")
    known = {
        "script": script,
        "typed": typed,
        "faults": faults,
        "stepwise": stepwise,
        "phases": [
            phase | {"shown": phase["title"]["en" if lang.startswith("en") else "de"]}
            for phase in script.content["phases"]
        ],
    }
    return render(request, "workshops/script.html", known)
