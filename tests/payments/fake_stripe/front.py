"""The front: `python front.py PORT ADDRESS_OF_UPSTREAM`.

It adds Checkout with its hosted page, the customer portal, the account, idempotency as Stripe keeps it, the bound of a
refund, refund and dispute events, and webhooks that are signed, repeated, late or out of order. What it does not
know goes on to localstripe. Below `/_/` a test tells it what to do.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
import secrets
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
KEY = "sk_test_only_for_tests"


class Memory:
    """All that this Stripe knows besides its upstream."""

    def __init__(self, port: int, upstream: str) -> None:
        self.port, self.upstream = port, upstream
        self.sessions: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, tuple[str, int, bytes]] = {}
        self.refunded: dict[str, int] = {}
        self.refunds: list[dict[str, Any]] = []
        self.hook: dict[str, str] = {}
        self.events: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.broken = 0


memory: Memory


def fault(status: int, message: str, code: str = "", kind: str = "invalid_request_error") -> web.Response:
    """A refusal in Stripe's form."""
    error = {"type": kind, "message": message, **({"code": code} if code else {})}
    return web.json_response({"error": error}, status=status)


def name_of(prefix: str) -> str:
    """An id as Stripe makes them."""
    return f"{prefix}_{secrets.token_hex(12)}"


def nested(pairs: Any) -> dict[str, Any]:
    """`a[b][0]=c` as the client writes it, as objects in each other."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        *path, last = re.findall(r"[^\[\]]+", key)
        place = found
        for step in path:
            place = place.setdefault(step, {})
        place[last] = value
    return found


async def onward(method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
    """Ask localstripe."""
    headers = {"Authorization": "Bearer sk_test_12345"}
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"{memory.upstream}{path}", data=data, headers=headers) as answer,
    ):
        return answer.status, await answer.json()


def happened(kind: str, thing: dict[str, Any]) -> dict[str, Any]:
    """An event, kept for whoever delivers it."""
    event = {
        "id": name_of("evt"),
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": int(time.time()),
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
        "data": {"object": json.loads(json.dumps(thing))},
    }
    memory.events.append(event)
    return event


async def create_session(request: web.Request) -> web.StreamResponse:
    """Checkout: what Stripe refuses is refused here, too."""
    asked = nested((await request.post()).items())
    if asked.get("mode") not in {"payment", "setup"}:
        return fault(400, "Invalid mode", "parameter_invalid_enum")
    lines = list(asked.get("line_items", {}).values())
    if not asked.get("success_url") or (asked["mode"] == "payment" and not lines):
        return fault(400, "Missing required param", "parameter_missing")
    total = sum(int(line["price_data"]["unit_amount"]) * int(line.get("quantity", 1)) for line in lines)
    name = name_of("cs_test")
    session = {
        "id": name,
        "object": "checkout.session",
        "mode": asked["mode"],
        "status": "open",
        "payment_status": "unpaid",
        "amount_total": total,
        "currency": lines[0]["price_data"]["currency"],
        "client_reference_id": asked.get("client_reference_id"),
        "customer": asked.get("customer"),
        "metadata": asked.get("metadata", {}),
        "payment_intent": None,
        "payment_method_types": list(asked.get("payment_method_types", {"0": "card"}).values()),
        "success_url": asked["success_url"],
        "cancel_url": asked.get("cancel_url"),
        "livemode": False,
        "created": int(time.time()),
        "expires_at": int(time.time()) + 86400,
        "url": f"http://127.0.0.1:{memory.port}/pay/{name}",
    }
    memory.sessions[name] = session
    return web.json_response(session)


async def read_session(request: web.Request) -> web.StreamResponse:
    """One of them."""
    found = memory.sessions.get(request.match_info["id"])
    return web.json_response(found) if found else fault(404, "No such session", "resource_missing")


async def expire_session(request: web.Request) -> web.StreamResponse:
    """Only what is open can expire."""
    found = memory.sessions.get(request.match_info["id"])
    if found is None:
        return fault(404, "No such session", "resource_missing")
    if found["status"] != "open":
        return fault(400, "Only open sessions can be expired.")
    found["status"] = "expired"
    happened("checkout.session.expired", found)
    return web.json_response(found)


async def hosted_page(request: web.Request) -> web.StreamResponse:
    """Where the payer is: POST `how` is card, voucher or decline."""
    session = memory.sessions[request.match_info["id"]]
    if session["status"] != "open":
        return fault(400, "This session is over.")
    how = str((await request.post()).get("how", "card"))
    if how == "decline":
        return web.json_response({"declined": True})
    data = {"amount": str(session["amount_total"]), "currency": session["currency"]}
    data |= {"payment_method": "pm_card_visa", "confirm": "true" if how == "card" else "false"}
    _status, intent = await onward("POST", "/v1/payment_intents", data)
    session |= {"payment_intent": intent["id"], "status": "complete"}
    session["payment_status"] = "paid" if how == "card" else "unpaid"
    happened("checkout.session.completed", session)
    if how == "card":
        paid = {"amount_received": session["amount_total"], "metadata": session["metadata"]}
        happened("payment_intent.succeeded", {**intent, **paid})
    raise web.HTTPSeeOther(session["success_url"])


async def settle(request: web.Request) -> web.StreamResponse:
    """The money of a voucher comes, or does not."""
    session = memory.sessions[request.match_info["id"]]
    if (await request.post()).get("ok") == "1":
        await onward("POST", f"/v1/payment_intents/{session['payment_intent']}/confirm")
        session["payment_status"] = "paid"
        happened("checkout.session.async_payment_succeeded", session)
    else:
        happened("checkout.session.async_payment_failed", session)
    return web.json_response(session)


async def refund(request: web.Request) -> web.StreamResponse:
    """Never more than the charge, which localstripe does not mind."""
    asked = dict((await request.post()).items())
    intent, amount = str(asked.get("payment_intent", "")), int(str(asked.get("amount", "0")))
    status, found = await onward("GET", f"/v1/payment_intents/{intent}")
    if status != web.HTTPOk.status_code:
        return fault(404, "No such payment_intent", "resource_missing")
    if memory.refunded.get(intent, 0) + amount > int(found["amount"]):
        return fault(400, "Refund amount is greater than the charge.", "charge_already_refunded")
    memory.refunded[intent] = memory.refunded.get(intent, 0) + amount
    made = {
        "id": name_of("re"),
        "object": "refund",
        "amount": amount,
        "currency": found["currency"],
        "payment_intent": intent,
        "status": "succeeded",
        "reason": None,
        "metadata": {"key": str(asked.get("metadata[key]", ""))},
    }
    memory.refunds.append(made)
    happened("refund.created", made)
    return web.json_response(made)


async def refunds(request: web.Request) -> web.StreamResponse:
    """Those of a payment."""
    intent = request.query.get("payment_intent", "")
    found = [each for each in memory.refunds if each["payment_intent"] == intent]
    return web.json_response({"object": "list", "data": found, "has_more": False, "url": "/v1/refunds"})


async def dispute(request: web.Request) -> web.StreamResponse:
    """A payer denies a payment; with `status` lost or won it is decided."""
    asked = dict((await request.post()).items())
    thing = {
        "id": f"dp_{asked['payment_intent']}",
        "object": "dispute",
        "amount": int(str(asked["amount"])),
        "currency": asked["currency"],
        "charge": "ch_1",
        "payment_intent": asked["payment_intent"],
        "reason": "fraudulent",
        "status": asked["status"],
    }
    is_open = asked["status"] == "needs_response"
    return web.json_response(happened(f"charge.dispute.{'created' if is_open else 'closed'}", thing))


async def portal(request: web.Request) -> web.StreamResponse:
    """The customer portal."""
    asked = dict((await request.post()).items())
    if not asked.get("customer"):
        return fault(400, "Missing required param: customer.", "parameter_missing")
    name = name_of("bps")
    made = {"id": name, "object": "billing_portal.session", "customer": asked["customer"]}
    return web.json_response({**made, "url": f"http://127.0.0.1:{memory.port}/portal/{name}"})


async def whose(_request: web.Request) -> web.StreamResponse:
    """The account of the key."""
    settings = {"dashboard": {"display_name": "Castro Test"}}
    return web.json_response(
        {"id": "acct_castro", "object": "account", "charges_enabled": True, "settings": settings}
    )


async def tell(request: web.Request) -> web.StreamResponse:
    """Deliver what has happened: `times` each, `reverse`, with the clock moved by `shift` seconds."""
    asked = dict((await request.post()).items())
    events, memory.events = memory.events, []
    if asked.get("reverse"):
        events.reverse()
    statuses = []
    async with aiohttp.ClientSession() as session:
        for event in events:
            for _time in range(int(str(asked.get("times", "1")))):
                body = json.dumps(event)
                at = int(time.time()) + int(str(asked.get("shift", "0")))
                secret = str(asked["secret"]).encode()
                digest = hmac.new(secret, f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
                headers = {"Stripe-Signature": f"t={at},v1={digest}", "Content-Type": "application/json"}
                async with session.post(str(asked["url"]), data=body, headers=headers) as answer:
                    statuses.append(answer.status)
    return web.json_response({"statuses": statuses})


async def waiting(_request: web.Request) -> web.StreamResponse:
    """What has happened and was not told: a test may deliver it by itself."""
    events, memory.events = memory.events, []
    return web.json_response({"events": events, "calls": memory.calls})


async def break_next(request: web.Request) -> web.StreamResponse:
    """The next so many requests are answered with a fault of Stripe's own."""
    memory.broken = int(str((await request.post())["times"]))
    return web.json_response({})


async def pass_on(request: web.Request) -> web.StreamResponse:
    """Whatever else there is, localstripe knows."""
    data = await request.read() if request.method == "POST" else None
    headers = {"Authorization": "Bearer sk_test_12345"}
    if data:
        headers["Content-Type"] = request.content_type
    async with (
        aiohttp.ClientSession() as session,
        session.request(
            request.method, f"{memory.upstream}{request.path_qs}", data=data, headers=headers
        ) as answer,
    ):
        return web.Response(status=answer.status, body=await answer.read(), content_type="application/json")


@web.middleware
async def as_stripe_does(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The key, faults on demand, and idempotency: the same key answers the same, or refuses another question."""
    if not request.path.startswith("/v1/"):
        return await handler(request)
    memory.calls.append(f"{request.method} {request.path}")
    if request.headers.get("Authorization") != f"Bearer {KEY}":
        return fault(401, "Invalid API Key provided")
    if memory.broken:
        memory.broken -= 1
        return fault(500, "Something went wrong on Stripe's end.", kind="api_error")
    key = request.headers.get("Idempotency-Key")
    if request.method != "POST" or not key:
        return await handler(request)
    print_of = hashlib.sha256(request.path.encode() + await request.read()).hexdigest()
    if key in memory.answers:
        before, status, body = memory.answers[key]
        if before != print_of:
            return fault(400, "Keys can only be used with the same parameters.", kind="idempotency_error")
        headers = {"Idempotent-Replayed": "true"}
        return web.Response(status=status, body=body, headers=headers, content_type="application/json")
    answer = await handler(request)
    assert isinstance(answer, web.Response)
    body = answer.body if isinstance(answer.body, bytes) else str(answer.text).encode()
    memory.answers[key] = (print_of, answer.status, body)
    return answer


def main() -> None:
    """Listen on loopback."""
    global memory  # noqa: PLW0603 (one process is one Stripe)
    memory = Memory(int(sys.argv[1]), sys.argv[2])
    app = web.Application(middlewares=[as_stripe_does])
    router = app.router
    router.add_post("/v1/checkout/sessions", create_session)
    router.add_get("/v1/checkout/sessions/{id}", read_session)
    router.add_post("/v1/checkout/sessions/{id}/expire", expire_session)
    router.add_post("/v1/billing_portal/sessions", portal)
    router.add_post("/v1/refunds", refund)
    router.add_get("/v1/refunds", refunds)
    router.add_get("/v1/account", whose)
    router.add_post("/pay/{id}", hosted_page)
    router.add_post("/_/settle/{id}", settle)
    router.add_post("/_/dispute", dispute)
    router.add_post("/_/tell", tell)
    router.add_post("/_/waiting", waiting)
    router.add_post("/_/break", break_next)
    router.add_route("*", "/v1/{rest:.*}", pass_on)
    web.run_app(app, host="127.0.0.1", port=memory.port, print=None)


if __name__ == "__main__":
    asyncio.set_event_loop(asyncio.new_event_loop())
    main()
