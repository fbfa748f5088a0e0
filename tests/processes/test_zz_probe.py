import time, pytest, sys, io
from django.test import Client
from django.template.base import Template
from django.test import utils
from django.core.handlers.wsgi import WSGIHandler
from tests.processes.visiting import *
from tests.world.browsing import Browser
@pytest.mark.django_db
def test_speed(world):
    p = world.home.processes["alice"]; walk(world.home, p)
    v = Browser().with_number(world.home.company, p.pk)
    u = at("lookup/process/")
    Template._render = utils._TestState.saved_data.template_render
    from django.test.client import RequestFactory
    rf = RequestFactory(); rf.cookies = v.cookies
    h = WSGIHandler()
    def get():
        env = rf._base_environ(PATH_INFO=u)
        out = h(env, lambda *a: None)
        b = b"".join(out)
        assert b"Phase 2 of 3" in b
        return b
    import django.core.signals as sg
    from django.db import close_old_connections, reset_queries
    sg.request_started.disconnect(close_old_connections); sg.request_finished.disconnect(close_old_connections)
    for _ in range(30): get()
    def cal():
        t=time.process_time(); x=0
        for i in range(2_000_000): x+=i
        return time.process_time()-t
    best=1e9
    for rnd in range(12):
        t=time.process_time()
        for _ in range(50): get()
        best=min(best,(time.process_time()-t)/.05)
    c=min(cal() for _ in range(8))

    open("/tmp/hC/speed2.txt","a").write(f"best cpu ms {best:.2f}  calib ms/2M adds {c*1000:.1f}\n")
    import cProfile, pstats
    pr=cProfile.Profile(); pr.enable()
    for _ in range(200): get()
    pr.disable()
    f=open("/tmp/hC/prof.txt","w"); s=pstats.Stats(pr, stream=f); s.sort_stats("cumtime").print_stats(110)
    s.sort_stats("tottime").print_stats(40)
