# `make` alone prints what can be made.
.DEFAULT_GOAL := help
.PHONY: help run demo pictures test unit servers bench release-rows fuzz lint docs requirements clean

PYTHON := .venv/bin/python
# What Python has compiled is kept, whatever it was told outside: starting takes twice as long without.
unexport PYTHONDONTWRITEBYTECODE
# Extra arguments: make test ARGS="tests/test_servers.py -x"
ARGS ?=
# How many processes run the tests; starting them takes longer than a single file. Each takes its share of the tests in
# their order, so that what a module has built is built once; whoever is done first takes over what others have left.
# Among real servers one more than cores: a test that waits for a frozen server, or for a browser, needs no core.
WORKERS ?= $(if $(findstring .py,$(ARGS)),0,$(if $(filter unit,$(MAKECMDGOALS)),2,3))
QUICK := $(if $(findstring tests/,$(ARGS)),not servers,not servers and not screens and not programs)
# How long `make fuzz` goes on.
FUZZ_SECONDS ?= 600
# How the company of `make demo` applies in step 1.
CHANNEL ?= manual

# The settings without which nothing starts, for commands that only read the code. No secrets: they guard nothing.
CHECKS := SECRET_KEY=only-for-checks FIELD_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= VAR_DIR=var/checks

COMPOSE_CHECKS := ENV_FILE=.env.example POSTGRES_PASSWORD=check DATABASE_OWNER_PASSWORD=check \
    DATABASE_WEB_PASSWORD=check DATABASE_WORKER_PASSWORD=check DATABASE_BACKUP_PASSWORD=check \
    REDIS_PASSWORD=check MAILBOX_PASSWORD=check S3_SECRET_KEY=check BACKUP_PASSPHRASE=check

# UPGRADE= adds and removes what pyproject.toml does and leaves the other versions as they are.
UPGRADE ?= --upgrade
COMPILE = .venv/bin/uv pip compile --quiet $(UPGRADE) --generate-hashes --python-version 3.11 \
	--custom-compile-command "make requirements"

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## start the portal with its sandbox and demo data, on this machine alone
	@bin/setup run
	@$(PYTHON) -m launch run $(ARGS)

demo: ## walk one company through all six steps without a person, CHANNEL=manual or online; leaves all in var/demo
	@bin/setup run
	@$(PYTHON) -m launch demo --channel $(CHANNEL)

pictures: ## take the pictures of docs/rehber and the README anew, by walking two companies through the portal
	@bin/setup test
	@$(PYTHON) -m launch pictures

test: ## run the tests among real servers; ARGS="tests/x.py -x" chooses
	@bin/setup test
	@$(PYTHON) -m tests.servers -- $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

unit: ## run the quick tests, which need no server; ARGS="tests/x.py" chooses, there its screens are walked too
	@bin/setup test
	@$(PYTHON) -m tests.servers none -- $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal -m "$(QUICK)" $(ARGS)

servers: ## keep PostgreSQL and the S3 store up for `make test` until Ctrl-C
	@bin/setup test
	@$(PYTHON) -m tests.servers keep

bench: ## measure work beside the least code that does the same, among real servers; ARGS="letters" chooses
	@bin/setup test
	@$(PYTHON) -m tests.servers -- $(PYTHON) -m bench $(ARGS)

release-rows: ## keep what VERSION=v0.2.0 leaves in its database, for the test of the migrations after it
	@bin/setup test
	@$(PYTHON) -m tests.servers -- $(PYTHON) -m tests.releases.make $(VERSION)

fuzz: ## try mails that nobody would write, FUZZ_SECONDS=600
	@bin/setup test
	$(PYTHON) -m tests.mails.fuzz --seconds $(FUZZ_SECONDS)

lint: ## check style, types, templates, migrations, the compose file and known weaknesses of packages
	@bin/setup test
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(CHECKS) $(PYTHON) -m mypy
	$(PYTHON) -m djlint --lint templates
	$(CHECKS) $(PYTHON) manage.py makemigrations --check --dry-run
	$(CHECKS) $(COMPOSE_CHECKS) docker-compose --env-file .env.example config -q
	$(PYTHON) bin/audit

docs: ## write the generated parts of the documentation anew
	@bin/setup run
	$(CHECKS) $(PYTHON) manage.py docs

requirements: ## pin what pyproject.toml names anew, with hashes, into requirements/
	@bin/setup run
	$(COMPILE) --group installer --output-file requirements/uv.txt
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --group test --group lint --constraints requirements/run.txt \
		--output-file requirements/test.txt
	@bin/setup run
	$(PYTHON) bin/licences

clean: ## remove the virtual environment, caches and generated static files; keeps the portal's data in var
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis var/checks var/static
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
