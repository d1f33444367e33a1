# siprecap: packet captures in, recordings out. `make` lists the targets.
SHELL := /bin/bash
PREFIX ?= /usr/local
SWIFT ?= swift
# Size of the benchmark's capture in megabytes (500; bench-mixed: 1000), how many recording sessions it holds at once (as many as make calls of three
# minutes; bench-mixed: 1000), and how often each command runs.
SIZE_MB ?=
RECORDINGS ?=
RUNS ?= 3
BENCH = Benchmarks/run --runs $(RUNS) $(if $(SIZE_MB),--size-mb $(SIZE_MB)) $(if $(RECORDINGS),--recordings $(RECORDINGS))
# The Swift runtime goes into the binary where the toolchain has it as static libraries: the binary then runs where no Swift is installed, and
# starts in half the time. `make build STATIC=` links it dynamically.
STATIC ?= $(if $(wildcard $(dir $(realpath $(shell command -v $(SWIFT))))../lib/swift_static),--static-swift-stdlib)

.DEFAULT_GOAL := help
.PHONY: help demo test test-browser test-damage test-large test-laws build lint docs docc bench bench-long bench-memory bench-micro bench-mixed clean install

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build the release binary, .build/release/siprecap
	@Scripts/bootstrap --for build
	$(SWIFT) build -c release --product siprecap $(STATIC)

# Exit status 1 of siprecap means "finished, but something is missing or doubtful": some samples show just that.
demo: build ## Turn the sample captures into recordings below demo-out/
	@Scripts/demo

test: ## Run all tests
	@Scripts/bootstrap --for test
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --parallel
	@SWIFT="$(SWIFT)" Scripts/test-examples

test-damage: ## Cut a whole sample at 500 places and flip 2,000 bits of it, each through a whole run (minutes)
	SIPRECAP_DAMAGE_WHOLE=1 $(SWIFT) test -c release -Xswiftc -enable-testing --filter ReconstructionTests.DamageTests

# Over all samples and fixtures; LAWS=FOLDER takes the captures below a folder, SEED= the first seed.
test-laws: ## Transform captures in ways that must change nothing, with many seeds (SEEDS=3 SEED= LAWS=all, minutes)
	SIPRECAP_LAWS=$(or $(LAWS),all) SIPRECAP_SEEDS=$(or $(SEEDS),3) SIPRECAP_SEED=$(or $(SEED),1) $(SWIFT) test --filter TransformationTests

test-large: ## Write a WAV file beyond 4 GiB and read it back (a sparse file, some seconds)
	SIPRECAP_LARGE_FILES=1 $(SWIFT) test --filter RecordingFilesTests.AudioFileTests

# The browser's own Python: Selenium comes from the distribution. axe-core is a test's tool and is not kept in the repository.
test-browser: ## Open the pages of the samples in headless Chromium and use them, with an accessibility check
	@Scripts/bootstrap --for test
	$(SWIFT) build --product siprecap
	@Tests/Browser/get-axe .build/browser/axe.min.js
	/usr/bin/python3 Tests/Browser/check_report.py .build/debug/siprecap --axe .build/browser/axe.min.js

lint: ## Check formatting and house rules (Scripts/lint --fix repairs formatting)
	@Scripts/lint

docs: ## Regenerate docs/rules from the rules in Sources/*/Rules
	SIPRECAP_UPDATE_RULES=1 $(SWIFT) test --filter RulePagesTests

docc: ## Pages of the library for a browser, below .build/docc
	@Scripts/docc

bench: build ## Speed, memory and start-up beside tshark and others, and against our targets (SIZE_MB= RECORDINGS= RUNS=3)
	@Scripts/bootstrap --for bench
	@$(BENCH)

bench-mixed: build ## PCMU, Opus and SRTP by thirds against the floors of their parts; packets of G.729
	@Scripts/bootstrap --for bench
	@$(BENCH) mixed

# Takes 8 GB for the capture and 12 for the recordings, one after the other, and half an hour.
bench-memory: build ## Peak memory with 1,000 and 4,000 live recordings, captures of 1 and 8 GB (KINDS=pcmu)
	@Scripts/bootstrap --for bench
	@Benchmarks/run memory --kinds $(or $(KINDS),pcmu)

bench-micro: build ## Count instructions of each part with callgrind and compare with the stored counts (UPDATE=1 stores them)
	@Scripts/bootstrap --for bench-micro
	$(SWIFT) build -c release --product benchmark-parts $(STATIC)
	@Benchmarks/instructions $(if $(UPDATE),--update)

# 830 MB of one recording with two participants are ten hours of PCMU.
bench-long: build ## One recording of ten hours must stay below 200 MB of memory
	@Benchmarks/run --only --size-mb 830 --recordings 1 --runs 1 --most-mb 200 --variant="--native" --variant="--mix stereo" --variant="--format opus --mix mono"

install: build ## Install siprecap to PREFIX/bin (/usr/local)
	install -D -m 755 .build/release/siprecap "$(DESTDIR)$(PREFIX)/bin/siprecap"

clean: ## Remove what the build, the demo and the benchmark made
	$(SWIFT) package clean
	rm -rf Benchmarks/.build bench-out
	@Scripts/demo --clean
