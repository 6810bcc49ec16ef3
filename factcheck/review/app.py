"""The review page as an ASGI application: a page, its parts, the state of the decisions, and one place to write to.

Routes name findings by id and articles by number; no part of an address is ever a path of a file.
"""
from __future__ import annotations

import json
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from factcheck.errors import FactcheckError
from factcheck.model import FLAGGED, RELATIONS
from factcheck.reporting.html import environment, reading_css
from factcheck.reporting.interface import Interface, interface, preferred
from factcheck.reporting.reading_view import source, view
from factcheck.reporting.text import clean
from factcheck.review.article_view import blocks
from factcheck.review.guard import Guard, guarded
from factcheck.review.session import Session, queue

_PACKAGE = "factcheck.review"
_LARGEST = 64 * 1024  # bytes of a write


def application(session: Session, guard: Guard) -> ASGIApp:
    """The app that serves a session to whoever the guard lets in."""
    templates = environment(_PACKAGE)

    def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        words = _words(request)
        text = templates.get_template(name).render(t=words, lang=words.language, **values)
        return HTMLResponse(text, status)

    def home(request: Request) -> Response:
        if (token := request.query_params.get("token")) is not None:
            return _let_in(request, token)
        return page(request, "review.html", **_queue_values(session, _words(request)))

    def _let_in(request: Request, token: str) -> Response:
        if not guard.admits_token(token):
            return page(request, "door.html", 403, welcome=False)
        # The cookie is strict: a redirect from a foreign page would not carry it, a step from our own page does.
        response = page(request, "door.html", welcome=True)
        guard.set_cookie(response)
        return response

    def finding(request: Request) -> Response:
        try:
            found = session.finding(request.path_params["finding"])
        except FactcheckError as error:
            return PlainTextResponse(str(error), 404)
        return page(request, "finding_panel.html", f=view(found, session.report, _words(request)))

    def article(request: Request) -> Response:
        number = request.path_params["number"]
        if number >= len(session.report.articles):
            return PlainTextResponse("no such article", 404)
        found = session.report.articles[number]
        parts = blocks(found, session.report.findings, _words(request))
        return page(request, "article_panel.html", article=found, source=source(found), title=clean(found.title or ""),
                    blocks=parts, claims=sum(len(piece.pins) for block in parts for piece in block.pieces))

    def state(request: Request) -> Response:
        stamp = str(session.stamp())
        if request.query_params.get("stamp") == stamp:
            return Response(status_code=204)
        return JSONResponse(_state(session, stamp))

    async def decide(request: Request) -> Response:
        try:
            wish = await _wish(request)
            await run_in_threadpool(session.decide, **wish)
            return JSONResponse(await run_in_threadpool(lambda: _state(session, str(session.stamp()))))
        except FactcheckError as error:
            return PlainTextResponse(str(error), 400)

    def style(request: Request) -> Response:
        return Response(reading_css(), media_type="text/css")

    def private(endpoint: Any) -> Any:
        """The endpoint for those who have the token; a token in the address is looked at by `home` alone."""
        def check(request: Request) -> Response:
            door = endpoint is home and "token" in request.query_params
            if not door and not guard.admits_cookie(request):
                return page(request, "door.html", 403, welcome=False)
            return endpoint(request)

        async def check_write(request: Request) -> Response:
            return await endpoint(request) if guard.admits_cookie(request) else PlainTextResponse("no token", 403)

        return check_write if endpoint is decide else check

    return guarded(Starlette(routes=[
        Route("/", private(home)),
        Route("/findings/{finding}", private(finding)),
        Route("/articles/{number:int}", private(article)),
        Route("/state", private(state)),
        Route("/decisions", private(decide), methods=["POST"]),
        Route("/reading.css", style),
        Mount("/static", StaticFiles(packages=[(_PACKAGE, "static")])),
    ]), guard)


def _words(request: Request) -> Interface:
    return interface(preferred(request.headers.get("accept-language", "")))


def _queue_values(session: Session, words: Interface) -> dict[str, Any]:
    """What the page itself shows: every finding in a line, and the filters there are."""
    findings = [view(f, session.report, words) for f in queue(session.report.findings, RELATIONS)]
    used = {"relation": {f.relation for f in findings}, "kind": {f.kind for f in findings}}
    return {
        "findings": findings, "flagged": FLAGGED,
        "relations": [r for r in RELATIONS if r in used["relation"]], "kinds": sorted(used["kind"]),
        "sources": [(n, source(a)) for n, a in enumerate(session.report.articles)],
        "numbers": {a.id: n for n, a in enumerate(session.report.articles)},
        "strings": json.dumps({"review": words.strings["review"], "states": words.strings["states"],
                               "singular": words.strings["singular"]}),
    }


def _state(session: Session, stamp: str) -> dict[str, Any]:
    """All decisions that hold; the stamp was taken before reading, so that nothing later is missed."""
    return {"stamp": stamp, "decisions": session.holding(), "damaged": len(session.decisions().damaged)}


async def _wish(request: Request) -> dict[str, Any]:
    """The decision a request asks for. Raises `FactcheckError` for anything else."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise FactcheckError("too long")
    try:
        data = json.loads(body)
        wish = {"finding_id": data["finding"], "decision": data["decision"], "value": data.get("value"),
                "reason": data.get("reason") or ""}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FactcheckError("not a decision") from error
    if not all(isinstance(v, str) or (k == "value" and v is None) for k, v in wish.items()):
        raise FactcheckError("not a decision")
    return wish
