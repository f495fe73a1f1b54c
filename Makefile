PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help run demo test test-slow check bench snapshots schema clean
.DEFAULT_GOAL := help

help: ## 列出这些命令 / list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: $(STAMP) ## 打开程序 / open the app
	@$(BIN)/python -m govoffice_tui

demo: $(STAMP) ## 建演示办公室并打开 / build the made-up office and open it
	@test -d demo/data || $(BIN)/python -m govoffice_tui demo demo --no-open
	@$(BIN)/python -m govoffice_tui --office demo

test: $(STAMP) ## 运行测试 / run the suite (under ten minutes)
	@$(BIN)/pytest -n 2 -m "not slow" -rs

test-slow: $(STAMP) ## 断电、强杀、抢写的长测试 / the long rounds of kills, races and laws (up to an hour)
	@LAWS_IN_FULL=1 $(BIN)/pytest -m "slow or law" -rs

check: $(STAMP) ## 格式、类型、分层 / ruff, mypy, import-linter
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: $(STAMP) ## 速度,与目标并列 / speed, beside its goals
	@$(BIN)/python -m benchmarks

snapshots: $(STAMP) ## 重录界面快照 / record the screen snapshots anew
	@$(BIN)/pytest tests/snapshots --snapshot-update

schema: $(STAMP) ## 表结构的校验值,改了 models 以后用 / the digest of the schema, after a change of the models
	@$(BIN)/python -m govoffice_tui.storage.schema

clean: ## 删除虚拟环境和缓存 / remove the venv and caches
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新的版本 / Python 3.11 or newer is needed (make PYTHON=python3.12 …)"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "缺 python3-venv,请先安装 / python3-venv is missing, install it first"; rm -rf $(VENV); exit 2; }
	@echo "正在安装依赖(只在第一次)… / installing, the first time only"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)
