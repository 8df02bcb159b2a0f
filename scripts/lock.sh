#!/usr/bin/env bash
# Write requirements-test.lock anew: the newest versions that pyproject.toml allows, tried in a clean
# environment. hatchling and editables are there so that the wheel can be built without a network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/python" - >"$work/wanted.txt" <<'PY'
import pathlib, tomllib
project = tomllib.loads(pathlib.Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
wanted = [*project["dependencies"], *extras["test"], *extras["web"], "hatchling", "editables"]
print(*(name for name in wanted if not name.startswith("planforge")), sep="\n")
PY
"$work/venv/bin/python" -m pip --disable-pip-version-check -q install -r "$work/wanted.txt"
{
    echo "# Exact versions of everything that the tests and the wheel are run with. Made by \`make lock\`."
    "$work/venv/bin/python" -m pip --disable-pip-version-check freeze
} >requirements-test.lock.part
mv -f requirements-test.lock.part requirements-test.lock
