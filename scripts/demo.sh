#!/usr/bin/env bash
# Build the documents of the invented schools, say where they are and how long it took.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
venv="${VENV:-.venv}"
output="${OUTPUT:-output}"
begun=$SECONDS
status=0
"$venv/bin/planforge" build profiles/city-primary.yaml profiles/village-primary.yaml -o "$output" </dev/null || status=$?
echo
echo "共用 $((SECONDS - begun)) 秒。生成的文件在 $(cd "$output" && pwd)："
find "$output" -type f \( -name '*.docx' -o -name '*.pdf' \) | LC_ALL=C sort | sed 's/^/  /'
echo
echo "在浏览器里填表、看文件、查旧稿：$venv/bin/planforge serve"
# 1: a file that someone edited was kept, and the person was told.
[ "$status" = 1 ] || exit "$status"
