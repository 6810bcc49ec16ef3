"""Who gets at the review page, and what a request can reach."""
from __future__ import annotations

import json

import pytest
from starlette.testclient import TestClient

from factcheck.review import decisions
from factcheck.review.app import application
from factcheck.review.guard import Guard
from factcheck.review.session import Session
from tests.reporting.sample import REPORT
from tests.review.pages import FLAGGED

BASE = "http://127.0.0.1:8123"
WRITE = {"origin": BASE, "content-type": "application/json"}
WISH = {"finding": FLAGGED[0].id, "decision": "dismissed"}


@pytest.fixture
def guard():
    return Guard(8123)


@pytest.fixture
def stranger(tmp_path, guard):
    """A client without a token."""
    return TestClient(application(Session(REPORT, tmp_path / "d.jsonl", "Alix"), guard), base_url=BASE)


@pytest.fixture
def client(stranger, guard):
    """A client that opened the address with the token."""
    assert stranger.get(f"/?token={guard.token}").status_code == 200
    return stranger


@pytest.mark.parametrize("path", [
    "/", "/?token=", "/?token=wrong", "/state", "/articles/0", f"/findings/{FLAGGED[0].id}"])
def test_nothing_is_told_without_the_token(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "Brévoux" not in answer.text


def test_no_decision_without_the_token(stranger, tmp_path):
    assert stranger.post("/decisions", json=WISH, headers=WRITE).status_code == 403
    assert not (tmp_path / "d.jsonl").exists()


def test_the_token_becomes_a_strict_cookie(stranger, guard):
    cookie = stranger.get(f"/?token={guard.token}").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Domain" not in cookie
    assert "Brévoux" in stranger.get("/").text


def test_the_token_for_the_opened_browser_holds_once(stranger, guard):
    launch = guard.launch
    assert stranger.get(f"/?token={launch}").status_code == 200
    stranger.cookies.clear()
    assert stranger.get(f"/?token={launch}").status_code == 403
    assert stranger.get("/?token=").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8123", "127.0.0.1:80", "127.0.0.1",
                                  "localhost.evil.example:8123", "192.0.2.7:8123", "",
                                  "127.0.0.1:8123@evil.example", "[::1", "127.0.0.1:x"])
def test_a_foreign_host_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:8123", "127.0.0.1:8123", "[::1]:8123"])
def test_loopback_hosts_are_known(client, host):
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    assert client.get("/state", headers={"host": host, "cookie": cookie}).status_code == 200


@pytest.mark.parametrize(("host", "known"), [
    ("desk.example:8123", True), ("192.0.2.7:8123", True), ("evil.example:8123", False)])
def test_a_server_for_others_answers_to_its_own_names(host, known):
    assert Guard(8123, loopback=False, hosts=frozenset({"desk.example"})).admits_host(host) == known


@pytest.mark.parametrize("headers", [
    {"content-type": "application/json"}, {**WRITE, "origin": "http://evil.example"}, {**WRITE, "origin": "null"},
    {**WRITE, "origin": "http://127.0.0.1:8124"}, {**WRITE, "content-type": "text/plain"},
    {**WRITE, "origin": "http://localhost:8123"}, {**WRITE, "sec-fetch-site": "cross-site"}])
def test_a_write_from_elsewhere_is_refused(client, tmp_path, headers):
    assert client.post("/decisions", content=json.dumps(WISH), headers=headers).status_code == 403
    assert not (tmp_path / "d.jsonl").exists()


def test_a_decision_is_written_and_told(client, tmp_path):
    answer = client.post("/decisions", json={**WISH, "reason": "  quoted wrongly\n"}, headers=WRITE)
    assert answer.json()["decisions"][FLAGGED[0].id]["decision"] == "dismissed"
    assert decisions.load(tmp_path / "d.jsonl").last(FLAGGED[0].id).reason == "quoted wrongly"
    stamp = answer.json()["stamp"]
    assert client.get("/state", params={"stamp": stamp}).status_code == 204
    decisions.append(tmp_path / "d.jsonl", decisions.Decision(FLAGGED[1].id, "accepted", reviewer="Bo"))
    assert client.get("/state", params={"stamp": stamp}).json()["decisions"][FLAGGED[1].id]["reviewer"] == "Bo"


@pytest.mark.parametrize("wish", [
    {"finding": "nobody", "decision": "dismissed"}, {**WISH, "decision": "deleted"}, {**WISH, "decision": "resolved"},
    {**WISH, "decision": "resolved", "value": "1999-01-01"}, {"decision": "dismissed"}, [], "x", None, 7,
    {**WISH, "reason": ["a"]}, {**WISH, "reason": "long" * 20_000}, {**WISH, "finding": {"$ne": 1}}])
def test_a_decision_that_makes_no_sense_is_refused(client, tmp_path, wish):
    assert client.post("/decisions", json=wish, headers=WRITE).status_code == 400
    assert not (tmp_path / "d.jsonl").exists()


@pytest.mark.parametrize("path", [
    "/articles/99", "/articles/-1", "/articles/..%2f..%2fpyproject.toml", "/articles/agence-alpine.txt",
    "/findings/..%2fapp.py",
    "/findings/%2fetc%2fpasswd", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static/../../model.py",
    "/static//etc/passwd",
    "/static/", "/etc/passwd", "/d.jsonl", "/templates/review.html"])
def test_nothing_but_the_page_and_its_articles_can_be_read(client, path):
    answer = client.get(path)
    assert answer.status_code in (404, 405)
    assert "import" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize("path", ["/", "/state", "/articles/0", "/static/review.js", "/nowhere"])
def test_every_answer_carries_the_policy(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
