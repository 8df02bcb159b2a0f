#!/usr/bin/env bash
# The suites of batch and PDF with the lowest and the newest WeasyPrint that pyproject.toml allows, each in a place of
# its own on top of the test environment: `make test-weasyprint`. With versions as arguments: with those instead.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${VENV:-.venv}/bin/python"
suites=(tests/batch tests/letters_pdf tests/imposition tests/writers/pdf)

if [ $# -eq 0 ]; then
    set -- "$("$python" -c 'from planforge.writers.pdf.weasyprint_adapter.support import LOWEST
print(*LOWEST, sep=".")')" newest
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
wanted=$("$python" -c 'from planforge.writers.pdf.weasyprint_adapter.support import REQUIREMENT
print(REQUIREMENT)')
for version in "$@"; do
    requirement="weasyprint==$version"
    [ "$version" = newest ] && requirement="$wanted"
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --upgrade \
        --target "$folder/$version" "$requirement"
    export PYTHONPATH="$folder/$version"
    "$python" -c 'import weasyprint; print("WeasyPrint", weasyprint.__version__, "from", weasyprint.__path__[0])'
    "$python" -m pytest -n 2 --dist loadfile "${suites[@]}"
    unset PYTHONPATH
done
