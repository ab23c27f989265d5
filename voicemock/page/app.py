"""The application: which address leads to which page, and how a page becomes an answer."""

__all__ = ["LARGE", "PAPERS", "application", "guarded"]

import functools
from typing import TYPE_CHECKING, Any

from voicemock.page.door import Door
from voicemock.page.gate import App, Gate
from voicemock.page.reply import Asked, Page, Reply, Route, as_json, problem
from voicemock.page.routes import ROUTES
from voicemock.page.show import ASSETS, asset, render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from voicemock.page.house import House

LARGE = "/review/recording"
"""Where a whole recording may be sent to."""
PAPERS = tuple(route.path for route in ROUTES if route.raw)
"""And where documents may be sent to."""
JSON = "application/json"


def application(house: "House") -> App:
    """Return the application; every door to it has a gate of its own."""
    from starlette.applications import Starlette
    from starlette.routing import Mount, WebSocketRoute
    from starlette.routing import Route as Path

    from voicemock.page.live import live

    found: list[Any] = [
        Path("/assets/{name}", _asset, methods=["GET"]),
        WebSocketRoute("/live", functools.partial(live, house)),
    ]
    for route in ROUTES:
        if route.act:
            found.append(Path(route.path, functools.partial(_act, house, route), methods=["POST"]))
            continue
        name = "/start.json" if route.path == "/" else f"{route.path}.json"
        for path, speaks_json in ((name, True), (route.path, False)):
            found.append(Path(path, functools.partial(_page, house, route, speaks_json), methods=["GET"]))
    found.append(Path(LARGE, functools.partial(_recording, house), methods=["POST"]))
    found.append(Path("/{rest:path}", functools.partial(_nowhere, house), methods=["GET", "POST"]))
    return Starlette(routes=[Mount(house.door.home, routes=found)])


def guarded(app: App, door: Door) -> App:
    """Return the application behind a door."""
    return Gate(app, door, large=f"{door.home}{LARGE}", papers=[f"{door.home}{path}" for path in PAPERS])


async def _asset(request: "Request") -> "Response":
    from starlette.responses import PlainTextResponse, Response

    name = request.path_params["name"]
    if name not in ASSETS:
        return PlainTextResponse("There is no such file.\n", 404)
    return Response(asset(name), media_type=ASSETS[name])


async def _nowhere(house: "House", request: "Request") -> "Response":
    from starlette.responses import Response

    told = {"message": "There is no such page.", "hint": ""}
    if request.method == "POST":
        return _json(told, 404)
    return Response(render("problem", told, home=house.door.home), 404, media_type="text/html")


async def _page(house: "House", route: Route, as_json: bool, request: "Request") -> "Response":
    """Answer with a page, or with what it shows as JSON."""
    from starlette.concurrency import run_in_threadpool

    asked = Asked(request.path_params, request.query_params)
    return await run_in_threadpool(_made, house, route, asked, as_json)


async def _recording(house: "House", request: "Request") -> "Response":
    """Take a whole recording as it comes, and begin to listen to it."""
    from starlette.concurrency import run_in_threadpool
    from starlette.exceptions import HTTPException

    from voicemock.page.review import keep_recording, review_recording

    try:
        house.work.check()
        query = request.query_params
        kept = await keep_recording(query.get("name", ""), query.get("ask", ""), request.stream())
        return _json(await run_in_threadpool(review_recording, house, kept))
    except HTTPException:  # it brought more than it may
        raise
    except Exception as error:
        status, told = problem(error)
        return _json(told, status)


async def _act(house: "House", route: Route, request: "Request") -> "Response":
    """Do something, and answer with JSON."""
    import msgspec
    from starlette.concurrency import run_in_threadpool

    body = await request.body()
    try:
        data = body if route.raw else msgspec.json.decode(body) if body else None
    except (msgspec.DecodeError, RecursionError):
        return _json({"message": "That could not be read.", "hint": ""}, 400)
    asked = Asked(request.path_params, request.query_params, data)
    return await run_in_threadpool(_made, house, route, asked, True)


def _made(house: "House", route: Route, asked: Asked, as_json: bool) -> "Response":
    from starlette.responses import Response

    try:
        made = route.make(house, asked)
        if isinstance(made, Reply):
            return Response(made.body, headers=made.headers, media_type=made.kind)
        if isinstance(made, Page) and not as_json:
            return Response(render(made.template, made.data, home=house.door.home), media_type="text/html")
        return _json(made.data if isinstance(made, Page) else made)
    except Exception as error:
        status, told = problem(error)
        if as_json:
            return _json(told, status)
        return Response(render("problem", told, home=house.door.home), status, media_type="text/html")


def _json(data: Any, status: int = 200) -> "Response":
    from starlette.responses import Response

    return Response(as_json(data), status, media_type=JSON)
