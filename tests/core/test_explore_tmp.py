import re

import pytest
from django.db import transaction

from portal_modules.core.actions import enter_company
from portal_modules.core.scope import company_scope
from tests.leaks.addresses import filled, templates
from tests.leaks.everything import fill
from tests.world.browsing import Browser

pytestmark = pytest.mark.django_db


def where(r):
    s = str(r.status_code)
    return s + (">" + r["Location"].split("?")[0] if s[0] == "3" else "")


def test_x(world):
    own = fill(world.home, "CASTRO-OWN")
    fill(world.other, "ALTURA-SECRET")
    with company_scope(world.home.company):
        enter_company(world.home.company, world.root)
    C = world.home.company

    def B():
        return Browser(raise_request_exception=False)

    P = {
        "anonymous": B(),
        "number": B().with_number(C, world.home.processes["alice"].pk),
        "alice": B().sign_in(world.alice, C),
        "bob": B().sign_in(world.bob, C),
        "charlie": B().sign_in(world.charlie, C),
        "dora": B().sign_in(world.dora, world.other.company),
    }
    for r in ("clerk", "editor", "manager", "reader"):
        P[r] = B().sign_in(getattr(world.home, r))
    P["foreign"] = B().sign_in(world.other.manager)
    P["root"] = B().sign_in(world.root)
    keep = {n: {k: v.value for k, v in b.cookies.items()} for n, b in P.items()}

    f = open("/tmp/hE/out.txt", "w", buffering=1)
    for t in sorted(templates(""), key=lambda t: t.startswith("admin/")):
        if re.search("admin/(logout|sign-in)|failwhale", t):
            continue
        paths = (
            filled(t, own, limit=1)
            if t.startswith("admin")
            else [
                ("/" if not t.startswith("pt/") else "/p/castro-lima/")
                + re.sub(r"<\w+>", str(world.home.processes["alice"].pk), t)
            ]
        )
        for n, b in P.items():
            if t.startswith("admin/") and n in ("number", "bob", "charlie", "dora", "anonymous"):
                continue
            for m in (
                ("get",)
                if n in ("editor", "manager", "clerk", "root") and t.startswith("admin/")
                else ("get", "post")
            ):
                b.cookies.clear()
                for k, v in keep[n].items():
                    b.cookies[k] = v

                with transaction.atomic():
                    sp = transaction.savepoint()
                    r = getattr(b, m)(paths[0])
                    if r.streaming:
                        list(r.streaming_content)
                    try:
                        transaction.savepoint_rollback(sp)
                    except Exception as e:
                        print(t, n, m, e)
                f.write(
                    f"{t}|{m}|{n}|{where(r)}|{r.get('Cache-Control')}|{(r.get('Content-Security-Policy') or '-')[:400]}|{r.get('X-Frame-Options')}\n"
                )
