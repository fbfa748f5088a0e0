import re

import pytest
from django.db import transaction

from tests.leaks.addresses import filled, templates
from tests.leaks.everything import fill
from tests.world.browsing import Browser

pytestmark = pytest.mark.django_db


def where(r):
    s = str(r.status_code)
    return s + (">" + r["Location"].split("?")[0] if s[0] == "3" else "")


def test_alice(world):
    Browser().sign_in(world.alice, world.home.company).get("/admin/")


def test_x(world):
    own = fill(world.home, "CASTRO-OWN")
    fill(world.other, "ALTURA-SECRET")
    C = world.home.company
    P = {}
    for r in ("clerk", "editor", "manager", "reader"):
        P[r] = Browser(raise_request_exception=False).sign_in(getattr(world.home, r))
    keep = {n: {k: v.value for k, v in b.cookies.items()} for n, b in P.items()}
    f = open("/tmp/hE/out.txt", "w", buffering=1)
    for t in templates("admin/"):
        if re.search("admin/(logout|sign-in)|failwhale", t):
            continue
        path = filled(t, own, limit=1)[0]
        for n, b in P.items():
            for m in ("get", "post"):
                b.cookies.clear()
                for k, v in keep[n].items():
                    b.cookies[k] = v
                with transaction.atomic():
                    sp = transaction.savepoint()
                    r = getattr(b, m)(path)
                    if r.streaming:
                        list(r.streaming_content)
                    transaction.savepoint_rollback(sp)
                f.write(
                    f"{t}|{m}|{n}|{where(r)}|{r.get('Cache-Control')}|{(r.get('Content-Security-Policy') or '-')[:400]}|{r.get('X-Frame-Options')}\n"
                )
