"""A step of the set-up that fails stops it with a message of its own, and the next run does that step.

The script is copied into a small project of its own: one dependency, built without any other package, from an index
on this machine. Programs and files are real; only apt is played, so that no test installs anything.
"""

from __future__ import annotations

import functools
import http.server
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import venv
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="no bash")

PROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "garden"
version = "1"
dependencies = ["leaflet"]
"""
BACKEND = """\
import zipfile, pathlib

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "garden-1-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(folder) / name, "w") as wheel:
        wheel.writestr("garden.pth", str(pathlib.Path.cwd()))
        wheel.writestr(
            "garden-1.dist-info/METADATA",
            "Metadata-Version: 2.1\\nName: garden\\nVersion: 1\\nRequires-Dist: leaflet\\n",
        )
        wheel.writestr("garden-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("garden-1.dist-info/RECORD", "garden.pth,,\\n")
    return name

get_requires_for_build_editable = lambda config_settings=None: []
"""


def write_wheel(path: Path, size: int = 100) -> None:
    """A wheel of one module, with so many bytes that cannot be compressed beside it."""
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("leaflet/__init__.py", "")
        wheel.writestr("leaflet/data.bin", random.Random(1).randbytes(size))
        wheel.writestr(
            "leaflet-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: leaflet\nVersion: 1.0\n"
        )
        wheel.writestr(
            "leaflet-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr("leaflet-1.0.dist-info/RECORD", "leaflet/__init__.py,,\nleaflet/data.bin,,\n")


def truncate(wheel: Path) -> None:
    content = wheel.read_bytes()
    wheel.write_bytes(content[: len(content) // 2])


def damage(wheel: Path) -> None:
    """Spoil what one file of the wheel holds: pip notices when it unpacks, after it has begun to install."""
    with zipfile.ZipFile(wheel) as file:
        entry = file.getinfo("leaflet/data.bin")
    content = bytearray(wheel.read_bytes())
    begin = entry.header_offset + 30 + len(entry.filename)
    content[begin + 10] ^= 255
    wheel.write_bytes(content)


@dataclass
class Machine:
    """The small project, and the environment in which its set-up is run."""

    folder: Path
    environment: dict[str, str]

    @property
    def venv(self) -> Path:
        return Path(self.environment["VENV"])

    def tool(self, name: str, body: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, role: str = "runtime", **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "scripts/setup.sh", role],
            cwd=self.folder,
            env={**self.environment, **changes},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def stamps(self) -> list[str]:
        return sorted(path.name for path in self.venv.glob(".planforge-*"))

    def works(self) -> bool:
        done = subprocess.run([self.venv / "bin" / "python", "-c", "import leaflet"], check=False)
        return done.returncode == 0


@pytest.fixture
def index(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of an index on this machine, and the one wheel that it serves."""
    wheel = tmp_path / "index" / "simple" / "leaflet" / "leaflet-1.0-py3-none-any.whl"
    wheel.parent.mkdir(parents=True)
    write_wheel(wheel)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(tmp_path / "index"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/simple", wheel
        server.shutdown()
        thread.join()


@pytest.fixture
def machine(tmp_path: Path, index: tuple[str, Path]) -> Machine:
    folder = tmp_path / "project"
    (folder / "scripts").mkdir(parents=True)
    (folder / "bin").mkdir()
    shutil.copy(ROOT / "scripts" / "setup.sh", folder / "scripts")
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (folder / "requirements-test.lock").write_text("leaflet==1.0\n", encoding="utf-8")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(
            ("PIP_", "PYTHON", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "VIRTUAL_ENV")
        )
    }
    made = Machine(
        folder,
        {
            **kept,
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "PYTHON": sys.executable,
            "HOME": str(tmp_path),
            "VENV": str(tmp_path / "venv"),
            "PAUSE": "0",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": index[0],
            "PIP_NO_CACHE_DIR": "1",
            "PIP_RETRIES": "0",
        },
    )
    made.tool("dpkg-query", "printf installed")
    made.tool("apt-get", "echo 'E: not in a test' >&2; exit 100")
    return made


@pytest.fixture(scope="session")
def whole_venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with pip alone."""
    folder = tmp_path_factory.mktemp("whole") / "venv"
    venv.create(folder, with_pip=True, symlinks=True)
    return folder


@pytest.fixture
def prepared(machine: Machine, whole_venv: Path) -> Machine:
    """The same, with a virtual environment in its place that lacks the libraries only."""
    shutil.copytree(whole_venv, machine.venv, symlinks=True)
    return machine


def assert_mended(machine: Machine, role: str = "runtime") -> None:
    again = machine.run(role)
    assert again.returncode == 0, again.stdout + again.stderr
    assert machine.stamps() == [f".planforge-{role}"] and machine.works()
    third = machine.run(role, PIP_INDEX_URL=closed_index())
    assert third.returncode == 0 and "Python 库：都已装好" in third.stdout


def closed_index() -> str:
    """An address of this machine at which nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        return f"http://127.0.0.1:{reserved.getsockname()[1]}/simple"


@pytest.mark.parametrize("role", ["runtime", "test"])
def test_an_index_that_cannot_be_reached(role: str, prepared: Machine) -> None:
    done = prepared.run(role, PIP_INDEX_URL=closed_index())
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "Python 库安装失败：请检查网络后再执行一次。"
    assert "第 3 次，共 3 次" in done.stdout and "装好" not in done.stdout.split("Python 库：")[1]
    assert prepared.stamps() == []
    assert_mended(prepared, role)


def test_an_index_that_cannot_be_reached_takes_nothing_from_a_working_environment(prepared: Machine) -> None:
    assert prepared.run().returncode == 0
    recipe = (prepared.folder / "requirements-test.lock").read_text("utf-8")
    (prepared.folder / "requirements-test.lock").write_text("leaflet==2.0\n", encoding="utf-8")
    assert prepared.run(PIP_INDEX_URL=closed_index()).returncode == 1
    assert prepared.works()
    (prepared.folder / "requirements-test.lock").write_text(recipe, encoding="utf-8")
    back = prepared.run(PIP_INDEX_URL=closed_index())
    assert back.returncode == 0 and "Python 库：都已装好" in back.stdout


@pytest.mark.parametrize("spoil", [truncate, damage])
def test_a_broken_download(spoil: Callable[[Path], None], prepared: Machine, index: tuple[str, Path]) -> None:
    spoil(index[1])
    done = prepared.run()
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "Python 库安装失败：请检查网络后再执行一次。"
    assert ".planforge-runtime" not in prepared.stamps()
    write_wheel(index[1])
    assert_mended(prepared)


FULL = """
mount -t tmpfs -o size={size} tmpfs "$DISK" || exit 99
bash scripts/setup.sh runtime; echo "status $?"
ls -A "$VENV" | grep '^\\.planforge-[rt]' && echo stamped
mount -o remount,size=200m "$DISK"
bash scripts/setup.sh runtime; echo "status $?"
bash scripts/setup.sh runtime; echo "status $?"
"$VENV/bin/python" -c 'import leaflet; print("works")'
"""


@pytest.mark.parametrize(
    ("size", "where", "step"),
    [
        pytest.param("1m", "VENV", "虚拟环境建不成", marks=pytest.mark.long),
        ("40m", "VENV", "Python 库安装失败"),
        pytest.param("1m", "TMPDIR", "虚拟环境建不成", marks=pytest.mark.long),
    ],
)
def test_a_disk_that_is_full(
    size: str, where: str, step: str, machine: Machine, index: tuple[str, Path], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    private = ["unshare", "-rm"]
    probe = 'mount -t tmpfs -o size=1m tmpfs "$0"'
    if (
        shutil.which("unshare") is None
        or subprocess.run([*private, "sh", "-c", probe, disk], check=False, capture_output=True).returncode
    ):
        pytest.skip("a small disk cannot be mounted here")
    write_wheel(index[1], size=35_000_000)
    place = disk / "venv" if where == "VENV" else disk
    done = subprocess.run(
        [*private, "bash", "-c", FULL.format(size=size)],
        cwd=machine.folder,
        env={**machine.environment, "DISK": str(disk), where: str(place)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    told = [line for line in done.stderr.splitlines() if line.startswith(step)]
    assert len(told) == 1 and "磁盘满了" in told[0] and "再执行一次" in told[0], done.stdout + done.stderr
    statuses = [line for line in done.stdout.splitlines() if line.startswith("status")]
    assert statuses == ["status 1", "status 0", "status 0"], done.stdout + done.stderr
    assert "stamped" not in done.stdout
    assert "Python 库：都已装好" in done.stdout and done.stdout.endswith("works\n")


def test_an_interrupted_run(prepared: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/simple"
        process = subprocess.Popen(
            ["bash", "scripts/setup.sh", "runtime"],
            cwd=prepared.folder,
            env={**prepared.environment, "PIP_INDEX_URL": address},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        with silent.accept()[0]:
            os.killpg(process.pid, signal.SIGINT)
            told = process.communicate(timeout=30)[1]
    assert process.returncode != 0 and "没有装好" in told
    assert prepared.stamps() == []
    assert_mended(prepared)


@pytest.mark.long
def test_a_killed_run(machine: Machine) -> None:
    process = subprocess.Popen(
        ["bash", "scripts/setup.sh", "runtime"],
        cwd=machine.folder,
        env=machine.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not list(machine.venv.glob("lib/python*/site-packages/pip")):
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert machine.stamps() == [".planforge-unfinished"]
    assert_mended(machine)


def test_a_folder_that_is_no_virtual_environment_is_left_alone(machine: Machine) -> None:
    machine.venv.mkdir()
    (machine.venv / "我的文件.txt").write_text("", encoding="utf-8")
    done = machine.run()
    assert done.returncode == 1 and "不是虚拟环境" in done.stderr
    assert [path.name for path in machine.venv.iterdir()] == ["我的文件.txt"]


# --- system packages, where apt is played --------------------------------------------------------

APT = """\
case " $* " in
*" update "*) [ ! -e "$HOME/no-lists" ] || { echo 'E: lists' >&2; exit 100; } ;;
*" install "*) [ ! -e "$HOME/no-packages" ] || { echo 'E: packages' >&2; exit 100; }
    [ -e "$HOME/nothing-comes" ] || touch "$HOME/installed" ;;
*" download "*) cp "$HOME/fandol.deb" ./fandol.deb ;;
esac
"""


@pytest.fixture
def bare(prepared: Machine) -> Machine:
    """A machine of which the script believes that it lacks the packages, and that it may install them."""
    prepared.tool("id", "echo 0")
    prepared.tool("dpkg-query", '[ -e "$HOME/installed" ] && printf installed')
    prepared.tool("apt-get", APT)
    return prepared


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("no-lists", "软件包列表更新不了"),
        ("no-packages", "系统软件包安装失败"),
        ("nothing-comes", "系统软件包安装过了，但是仍然没有：libpango-1.0-0"),
    ],
)
def test_packages_that_cannot_be_installed(fault: str, message: str, bare: Machine) -> None:
    home = Path(bare.environment["HOME"])
    (home / fault).touch()
    done = bare.run()
    assert done.returncode == 1 and message in done.stderr.splitlines()[-1]
    assert "Python 库" not in done.stdout and bare.stamps() == []
    (home / fault).unlink()
    assert_mended(bare)


@pytest.mark.parametrize("role", ["runtime", "test"])
def test_a_broken_font_package(role: str, bare: Machine, tmp_path: Path) -> None:
    (tmp_path / "installed").touch()
    bare.tool("id", "echo 1000")
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{tmp_path / 'data' / 'fonts'}</dir>"
        f"<cachedir>{tmp_path / 'font-cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    bare.environment |= {"FONTCONFIG_FILE": str(fonts), "XDG_DATA_HOME": str(tmp_path / "data")}
    (tmp_path / "fandol.deb").write_bytes(b"!<arch>\nnothing")
    done = bare.run(role)
    if role == "test":
        assert done.returncode == 1 and "FandolFang 下载不了" in done.stderr.splitlines()[-1]
        assert bare.stamps() == []
    else:
        assert done.returncode == 0 and "PDF 里的仿宋将以别的字体代替" in done.stdout
    assert not list((tmp_path / "data").rglob("*.otf"))
    write_font_package(tmp_path)
    assert_mended(bare, role)
    assert "仿宋字体：已有" in bare.run(role).stdout


def write_font_package(folder: Path) -> None:
    """A package with a font of that name, made as Debian's are."""
    tree = folder / "package"
    fonts = tree / "usr" / "share" / "texlive" / "texmf-dist" / "fonts" / "opentype" / "public" / "fandol"
    fonts.mkdir(parents=True)
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "FandolFang", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(fonts / "FandolFang-Regular.otf")
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(
        "Package: fandol\nVersion: 1\nArchitecture: all\nMaintainer: Nobody <nobody@example.org>\n"
        "Description: a font\n",
        encoding="utf-8",
    )
    subprocess.run(
        ["dpkg-deb", "--build", "--root-owner-group", tree, folder / "fandol.deb"],
        check=True,
        capture_output=True,
    )


# --- without apt ---------------------------------------------------------------------------------


def test_without_apt_the_hint_names_a_section_of_the_readme(prepared: Machine) -> None:
    for name in ("apt-get", "dpkg-query"):
        (prepared.folder / "bin" / name).unlink()
    tools = prepared.folder / "bin"
    for folder in os.environ["PATH"].split(":"):
        for program in Path(folder).glob("*"):
            if program.name not in ("apt-get", "dpkg-query") and not (tools / program.name).exists():
                (tools / program.name).symlink_to(program)
    done = prepared.run(PATH=str(tools))
    assert done.returncode == 0, done.stderr
    (hint,) = [line for line in done.stdout.splitlines() if "README" in line]
    section = hint.split("“")[1].split("”")[0]
    assert f"## {section}" in (ROOT / "README.md").read_text("utf-8").splitlines()
