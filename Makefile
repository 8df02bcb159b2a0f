# make demo   build the invented schools' documents      make test   run the tests
# Both install what is missing first (Debian, Ubuntu); neither asks a question.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
VENV ?= .venv
export VENV
BIN := $(VENV)/bin
PYTEST ?=

.PHONY: help setup setup-test demo test test-long explore coverage catalogue parity lint format lines pictures \
	bench bench-batch bench-check bench-rosters compiled test-weasyprint lock wheel clean

help:
	@echo "make demo    装好缺的东西，生成示例学校的文件"
	@echo "make test    装好缺的东西，运行平时的测试（PYTEST='-k 名字' 只跑一部分）"
	@echo "make test-long  运行费时的测试：中途杀掉、语料、大批随机输入，最低和最新的 WeasyPrint"
	@echo "make explore 性质测试各换一千个新例子（PYTEST='tests/profile' 只跑一部分）"
	@echo "make coverage   平时的测试走到了哪些行"
	@echo "make catalogue  逐份核对范文目录：章节、条目、事实和修正"
	@echo "make parity  Word 与 PDF 逐字比位置：各校、两种文件、各种版式"
	@echo "make lint    代码检查：ruff、mypy、import-linter"
	@echo "make format  整理代码格式"
	@echo "make lines   数一数 planforge/ 各间有多少行代码"
	@echo "make pictures  重新生成 README 里的两页图"
	@echo "make bench   量一量生成各步所用的时间"
	@echo "make bench-batch  量一量批量生成，同别的办法比"
	@echo "make bench-check  量一量检查一千份信息表要多久"
	@echo "make test-weasyprint  用支持的最低、最新两个 WeasyPrint 版本各测一遍批量和 PDF"
	@echo "make bench-rosters  量一量读花名册的时间怎样随行数增加"
	@echo "make lock    重新确定测试所用各个库的版本"
	@echo "make wheel   打包到 dist/"
	@echo "make clean   删除虚拟环境和缓存（不动 output/）"

setup:
	@bash scripts/setup.sh runtime

setup-test:
	@bash scripts/setup.sh test

demo: setup
	@bash scripts/demo.sh

test: setup-test
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long" $(PYTEST) </dev/null

test-long: setup-test
	@$(BIN)/python -m pytest -n 2 -m long $(PYTEST) </dev/null
	@bash scripts/test-weasyprint.sh

coverage: setup-test
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long" --cov=planforge --cov-report=term:skip-covered $(PYTEST) </dev/null

explore: setup-test
	@HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -n 2 -m hypothesis $(PYTEST) </dev/null

catalogue: setup-test
	@$(BIN)/python -m tests.catalogue

parity: setup-test
	@$(BIN)/python -m tests.support.school_parity

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lines:
	@$(firstword $(wildcard $(BIN)/python) python3) scripts/count_lines.py

pictures: setup-test
	@$(BIN)/python scripts/pictures.py

# Peers come compiled from their packages; ours is too, also where Python is told to write no bytecode.
compiled: setup-test
	@$(BIN)/python -m compileall -q planforge benchmarks

bench: setup-test compiled
	@$(BIN)/python -m benchmarks.build
	@$(BIN)/python -m benchmarks.all_kinds
	@$(BIN)/python -m benchmarks.justification

bench-batch: setup-test compiled
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -e '.[bench]'
	@$(BIN)/python -m benchmarks.batch

bench-rosters: setup-test
	@$(BIN)/python -m benchmarks.rosters

bench-check: setup-test
	@$(BIN)/python -m benchmarks.checking

test-weasyprint: setup-test
	@bash scripts/test-weasyprint.sh

lock:
	@bash scripts/lock.sh

wheel: setup-test
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
