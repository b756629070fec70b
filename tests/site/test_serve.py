"""`serve` follows every change, and outlives the ones that break something."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import projects
from .projects import PIPELINE, POLICY
from .serving import PATIENCE, Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(projects.write(tmp_path / "project"))
    yield started
    started.process.kill()
    started.process.wait()


def test_it_follows_changes_and_survives_errors(server: Server, tmp_path: Path) -> None:
    root = tmp_path / "project"
    policy = root / "policy_data" / "policy.yml"
    pipeline = root / "pipeline" / "pipeline.yml"
    server.until("What Notewise does")
    assert "23 warnings.</summary>" in server.page() and "<b>error[" not in server.page()

    policy.write_text(POLICY.replace("service: Notewise", "service: Notewiser"))
    server.until("What Notewiser does")

    policy.write_text(POLICY.replace("service: Notewise", "<script>x</script>: Notewise"))
    server.until("policy_data/policy.yml:2:3</code>")
    server.until_told("Serving the last good site.")
    page = server.page()
    assert "What Notewiser does" in page and "The page shows the last good state." in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page and "<script>x" not in page

    policy.write_text("policy: [\n")  # as when a save is half done
    server.until("[invalid-yaml]")
    policy.write_text(POLICY.replace("service: Notewise", "service: Mended"))
    server.until("What Mended does")
    server.until_gone("<b>error[")

    pipeline.write_text(PIPELINE.replace("training_opt_out: false", "training_opt_out: true"))
    server.until("[opt-out-ignored]")
    assert "What Mended does" in server.page()
    pipeline.write_text(PIPELINE)
    server.until_gone("<b>error[")
    assert "ab-preview" not in (root / "build" / "preview" / "index.html").read_text()

    assert server.stop() == 0
    assert "Traceback" not in server.told()


def test_it_follows_files_that_come_and_go(server: Server, tmp_path: Path) -> None:
    root = tmp_path / "project"
    more, own = root / "pipeline" / "more.yml", root / "docs" / "own.md"
    server.until("What Notewise does")
    own.parent.mkdir()
    own.write_text("# A page of ours\n\n[where](nowhere.md)\n")
    server.until("docs/own.md:3:1</code><br><b>error[site-fault]")
    own.write_text("# A page of ours\n")
    server.until("A page of ours</h1>", "own/")
    own.unlink()
    server.until_gone("A page of ours", "own/")

    more.write_text("datasets: [\n")  # a pattern of the bindings finds it
    server.until("pipeline/more.yml:")
    more.unlink()
    server.until_gone("pipeline/more.yml:")


def test_the_last_of_many_saves_is_shown(server: Server, tmp_path: Path) -> None:
    """Those too that come while a build is at work; and an engine that has died is replaced."""
    policy = tmp_path / "project" / "policy_data" / "policy.yml"
    server.until("What Notewise does")
    os.kill(server.engine(), signal.SIGKILL)
    for number in range(12):
        policy.write_text(POLICY.replace("service: Notewise", f"service: Save{number}"))
        server.page("everything/")
    server.until("What Save11 does")
    assert "Traceback" not in server.told()


def test_addresses_lead_nowhere_else(server: Server, tmp_path: Path) -> None:
    server.until("What Notewise does")
    for path in ("../../policy_data/policy.yml", "%2e%2e/%2e%2e/policy_data/policy.yml"):
        with socket.create_connection(("127.0.0.1", server.port)) as line:
            line.sendall(f"GET /{path} HTTP/1.0\r\n\r\n".encode())
            answer = line.makefile("rb").read()
        assert answer.startswith(b"HTTP/1.1 404") and b"service:" not in answer
    assert "What Notewise does" in server.page("index.html")
    assert 'id="ab-preview"' in server.page("no/such/page")


def test_it_starts_from_a_broken_project(tmp_path: Path) -> None:
    root = projects.write(tmp_path / "project", policy=POLICY.replace("uses:", "usess:"))
    server = Server(root)
    try:
        server.until("There is no site yet")
        (root / "policy_data" / "policy.yml").write_text(POLICY)
        server.until("What Notewise does")
    finally:
        server.process.kill()
        server.process.wait()


def test_it_tells_of_a_port_in_use(tmp_path: Path) -> None:
    root = projects.write(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "aboveboard", "serve", "--port", port]
        done = subprocess.run(
            command, check=False, cwd=root, capture_output=True, text=True, timeout=PATIENCE
        )
    assert done.returncode == 2
    assert re.search(rf"cannot serve on port {port}", done.stderr)
