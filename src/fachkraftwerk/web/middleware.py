"""What every answer carries: security headers, the chosen language, refusals as pages."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.decorators import sync_and_async_middleware
from whitenoise.middleware import WhiteNoiseMiddleware

from fachkraftwerk.core.errors import Refusal
from fachkraftwerk.core.text import Text
from fachkraftwerk.web import errors

Handler = Callable[[HttpRequest], Any]

CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def _around(
    get_response: Handler, before: Callable[[HttpRequest], None], after: Callable[[HttpRequest, Any], None]
) -> Handler:
    """Wrap a handler, sync or async, so that no thread is spent on it."""
    if iscoroutinefunction(get_response):

        async def handle_async(request: HttpRequest) -> HttpResponseBase:
            before(request)
            awaited: Awaitable[HttpResponseBase] = get_response(request)
            response = await awaited
            after(request, response)
            return response

        markcoroutinefunction(handle_async)
        return handle_async

    def handle(request: HttpRequest) -> HttpResponseBase:
        before(request)
        response: HttpResponseBase = get_response(request)
        after(request, response)
        return response

    return handle


def _nothing(request: HttpRequest) -> None:
    return None


@sync_and_async_middleware
def static_files(get_response: Handler) -> Handler:
    """Serve the package's own static files.

    WhiteNoise's middleware is sync only; placed in the chain as it is, it would cost every live request a thread.
    """
    files = WhiteNoiseMiddleware(lambda request: HttpResponseNotFound())
    if iscoroutinefunction(get_response):

        async def handle_async(request: HttpRequest) -> HttpResponseBase:
            if request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
                return await sync_to_async(lambda: _whole(files(request)))()
            answered: HttpResponseBase = await get_response(request)
            return answered

        markcoroutinefunction(handle_async)
        return handle_async

    def handle(request: HttpRequest) -> HttpResponseBase:
        static = request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/")
        response: HttpResponseBase = _whole(files(request)) if static else get_response(request)
        return response

    return handle


def _whole(response: Any) -> HttpResponseBase:
    """Turn a streamed file into a plain answer: our files are small, and a plain one can be compressed."""
    if not response.streaming:
        plain: HttpResponseBase = response
        return plain
    content = b"".join(response.streaming_content)
    response.close()
    return HttpResponse(content, status=response.status_code, headers=dict(response.items()))


@sync_and_async_middleware
def security_headers(get_response: Handler) -> Handler:
    """Add the strict Content-Security-Policy and its companions."""

    def add(request: HttpRequest, response: Any) -> None:
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        )

    return _around(get_response, _nothing, add)


@sync_and_async_middleware
def language_from_query(get_response: Handler) -> Handler:
    """Let ``?lang=en`` choose the language and remember it in the language cookie."""

    def choose(request: HttpRequest) -> None:
        if (lang := request.GET.get("lang")) in dict(settings.LANGUAGES):
            translation.activate(str(lang))
            request.LANGUAGE_CODE = str(lang)

    def remember(request: HttpRequest, response: Any) -> None:
        if (lang := request.GET.get("lang")) in dict(settings.LANGUAGES):
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, str(lang), max_age=31_536_000, samesite="Lax")

    return _around(get_response, choose, remember)


@sync_and_async_middleware
def refusals(get_response: Handler) -> Handler:
    """Pass through; turns a Refusal raised by a view into a page (or JSON) with the remedy.

    A method that an address does not take is told in words as well; HEAD asks the API as GET does.
    """
    handler = _around(get_response, _head_as_get, _method_told)
    handler.process_exception = _refusal_page  # type: ignore[attr-defined]
    return handler


def _refusal_page(request: HttpRequest, error: Exception) -> HttpResponseBase | None:
    if not isinstance(error, Refusal):
        return None
    lang = translation.get_language() or "de"
    if request.path.startswith("/api/"):
        faults = [{"where": f.where, "de": f.message("de"), "en": f.message("en")} for f in error.faults]
        return JsonResponse({"faults": faults}, status=400)
    messages = [fault.message(lang) for fault in error.faults]
    return render(request, "refusal.html", {"messages_": messages}, status=getattr(error, "status", 400))


def _head_as_get(request: HttpRequest) -> None:
    if request.method == "HEAD" and request.path.startswith("/api/"):
        request.method = "GET"  # the server leaves the body out


def _method_told(request: HttpRequest, response: Any) -> None:
    if response.status_code != 405:
        return
    allowed = response.headers.get("Allow", "GET")
    told = Text(
        f"Diese Adresse nimmt nur {allowed} an. Die Beschreibung steht unter /api/.",
        f"This address takes {allowed} only. The description is at /api/.",
    )
    if request.path.startswith("/api/"):
        fault = {"where": str(request.method), "de": told.de, "en": told.en}
        response.headers["Content-Type"] = "application/json"
        response.content = json.dumps({"faults": [fault]}, ensure_ascii=False)
    elif not response.content:
        response.content = errors.page_of_a_method(request, allowed)
