"""The embedded servers: real processes, started, shared, killed and started again."""

import os
import signal
import socket
import stat
from pathlib import Path

import psycopg
import pytest
import redis

from cms.embedded import folders, paths, postgres, servers, valkey
from cms.embedded.account import Account
from cms.embedded.processes import clear_pid_file
from tests.embedded.conftest import Starter, processes_of, remove_traces, wait_for

HOLD = """
import sys, time
from pathlib import Path
from cms.embedded import servers
with servers.running(Path(sys.argv[1]), durable=False) as running:
    print("ours" if running.is_ours else "shared", flush=True)
    time.sleep(600)
"""


def connect(var: Path, user: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(paths.socket_folder(var)), user=user, dbname=postgres.DATABASE, autocommit=True
    )


def value(connection: psycopg.Connection[tuple[object, ...]], query: str) -> object:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def test_both_servers_answer_inside_and_are_gone_afterwards(var: Path) -> None:
    with servers.running(var, durable=False) as running:
        assert running.is_ours
        assert postgres.answers(var)
        assert valkey.answers(var)
    assert not postgres.answers(var)
    assert not valkey.answers(var)
    assert not processes_of(var)


def test_data_is_there_again_after_a_restart(var: Path) -> None:
    with servers.running(var, durable=False), connect(var, "balcao_owner") as connection:
        connection.execute("create table kept (id int)")
    with servers.running(var, durable=False), connect(var, "balcao_owner") as connection:
        assert value(connection, "select count(*) from kept") == 0


def test_the_application_can_take_the_three_roles_and_no_other(var: Path) -> None:
    with servers.running(var, durable=False), connect(var, "balcao_app") as connection:
        for role in ("balcao_staff", "balcao_portal", "balcao_visitor"):
            connection.execute(f"set role {role}".encode())
            assert value(connection, "select current_user") == role
            connection.execute("reset role")
        for role in ("balcao_owner", "balcao_backup", "postgres"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"set role {role}".encode())


def test_a_new_connection_of_the_application_sees_an_empty_scope(var: Path) -> None:
    with servers.running(var, durable=False), connect(var, "balcao_app") as connection:
        for name in ("companies", "customers", "records"):
            assert value(connection, f"select current_setting('app.{name}')") == "{}"


def test_a_database_made_by_the_owner_has_the_extensions(var: Path) -> None:
    with servers.running(var, durable=False):
        with connect(var, "balcao_owner") as connection:
            connection.execute("create database copy")
        with psycopg.connect(postgres.administrator(var), dbname="copy") as connection:
            names = {row[0] for row in connection.execute("select extname from pg_extension")}
    assert {"pg_trgm", "unaccent", "btree_gist"} <= names


def test_only_durable_servers_wait_for_the_disk_and_count_statements(var: Path) -> None:
    with servers.running(var, durable=True), connect(var, "balcao_owner") as connection:
        assert value(connection, "show fsync") == "on"
        assert value(connection, "select count(*) > 0 from pg_stat_statements") is True
    with servers.running(var, durable=False), connect(var, "balcao_owner") as connection:
        assert value(connection, "show fsync") == "off"


def test_no_server_listens_on_the_network(var: Path) -> None:
    with servers.running(var, durable=False), connect(var, "balcao_owner") as connection:
        assert value(connection, "show listen_addresses") == ""
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(paths.valkey_socket(var)))
            client.sendall(b"CONFIG GET port\r\n")
            assert client.recv(100).endswith(b"\r\n0\r\n")


def test_strangers_cannot_come_to_the_sockets(var: Path) -> None:
    with servers.running(var, durable=False):
        mode = paths.socket_folder(var).stat().st_mode
    assert mode & stat.S_IRWXO == 0


def test_a_second_runner_shares_the_servers_and_leaves_them_running(var: Path, start: Starter) -> None:
    start("-c", HOLD, str(var)).wait_for("ours")
    with servers.running(var, durable=False) as running:
        assert not running.is_ours
        assert postgres.answers(var)
    assert postgres.answers(var)
    assert valkey.answers(var)


def test_runners_that_start_together_agree_on_one_owner(var: Path, start: Starter) -> None:
    runners = [start("-c", HOLD, str(var)) for _ in range(3)]
    wait_for(lambda: all(runner.output for runner in runners))
    assert sorted(runner.output for runner in runners) == ["ours\n", "shared\n", "shared\n"]


@pytest.mark.slow
def test_a_killed_runner_leaves_nothing_and_the_next_one_starts(var: Path, start: Starter) -> None:
    for _ in range(3):
        killed = start("-c", HOLD, str(var))
        killed.wait_for("ours")
        killed.end(signal.SIGKILL)
        with servers.running(var, durable=False) as running:
            assert running.is_ours
        assert not processes_of(var)


@pytest.mark.slow
def test_a_killed_postgres_does_not_keep_the_next_one_from_starting(var: Path, start: Starter) -> None:
    runner = start("-c", HOLD, str(var))
    runner.wait_for("ours")
    pid_file = paths.data_folder(var) / "postmaster.pid"
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
    runner.end(signal.SIGKILL)
    with servers.running(var, durable=False):
        assert postgres.answers(var)


def test_a_pid_file_that_names_somebody_else_is_not_believed(tmp_path: Path) -> None:
    pid_file = tmp_path / "server.pid"
    pid_file.write_text(f"{os.getpid()}\n")
    clear_pid_file(pid_file, "postgres", signal.SIGKILL)
    assert not pid_file.exists()


def test_two_folders_have_servers_of_their_own(var: Path) -> None:
    other = var.parent / "other"
    try:
        with servers.running(var, durable=False), servers.running(other, durable=False):
            with connect(var, "balcao_owner") as connection:
                connection.execute("create table only_here (id int)")
            with connect(other, "balcao_owner") as connection:
                assert value(connection, "select to_regclass('only_here')") is None
    finally:
        remove_traces(other)


@pytest.mark.parametrize("name", ["with space", "ação", "a+b%20c&d"])
def test_odd_names_of_the_folder_work(var: Path, name: str) -> None:
    odd = var / name
    try:
        with servers.running(odd, durable=False):
            assert postgres.answers(odd)
            # The queue's client cannot read the server's list of clients if their address is odd.
            with redis.Redis.from_url(f"unix://{paths.valkey_socket(odd)}?db=0") as client:
                assert client.client_list()
    finally:
        remove_traces(odd)


def test_a_deep_folder_has_its_sockets_in_a_short_place(var: Path) -> None:
    deep = var.joinpath(*["folder"] * 15)
    try:
        with servers.running(deep, durable=False):
            assert paths.socket_folder(deep).parent == paths.SHORT_PLACE
            assert postgres.answers(deep)
        assert not paths.socket_folder(deep).exists()
    finally:
        remove_traces(deep)


def test_a_folder_that_somebody_else_made_first_is_refused(tmp_path: Path) -> None:
    squatted = tmp_path / "squatted"
    squatted.symlink_to(tmp_path)
    with pytest.raises(folders.ForeignFolder):
        folders.make_own(squatted, Account(os.geteuid(), os.getegid()))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs its servers as somebody else")
def test_root_never_opens_a_folder_that_its_servers_cannot_reach(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(0o700)
    var = closed / "var"
    try:
        with servers.running(var, durable=False):
            assert paths.data_folder(var).is_relative_to(paths.SHELTER_PLACE)
            assert postgres.answers(var)
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    finally:
        remove_traces(var)


def test_settings_can_import_the_paths_without_django(start: Starter) -> None:
    code = "import sys; from cms.embedded import paths; print('django' in sys.modules)"
    start("-c", code).wait_for("False")
