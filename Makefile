# Meihao: `make run` needs Go, make and git; `make test` brings what it needs.

DATA     ?= ./data
LISTEN   ?=
ARGS     ?=
FUZZTIME ?= 10s

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
TAGS    := -tags nomsgpack
BUILD   := -trimpath -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)'

export CGO_ENABLED = 0

.DEFAULT_GOAL := help
.PHONY: help run build test lint fuzz faults bench city view galera fmt clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## start with the demo district in ./data (LISTEN=host:port, DATA=folder)
	bin/meihao serve --demo --data '$(DATA)' $(if $(LISTEN),--listen '$(LISTEN)')

build: ## make bin/meihao, one static binary (with npm: charts that hover and zoom)
	@bash .ci/vendor
	go build $(TAGS) $(BUILD) -o bin/meihao .

test: ## set up what the tests need and run everything (CI=1: nothing may be skipped)
	@bash .ci/test

lint: ## gofmt, go vet and golangci-lint with the import directions
	@bash .ci/test lint

fuzz: ## each fuzz target for FUZZTIME (10s)
	@bash .ci/fuzz $(FUZZTIME)

faults: ## break things on purpose and count what is lost, ten of each (ARGS=-full for SECURITY's numbers)
	go run $(TAGS) ./deploy/faults $(ARGS)

galera: ## three MariaDB nodes on loopback, the writer killed three times under load
	go run $(TAGS) ./deploy/faults -only galera $(ARGS)

bench: ## the product beside bare gin, the bare engine and one transaction each, on both engines (ARGS=-h)
	go run $(TAGS) ./deploy/load bench $(ARGS)

city: ## a city of 10 million answers: standings, every page, verify and a recount measured on it (4 GB, ARGS=-h)
	go run $(TAGS) ./deploy/load city -look -end $(ARGS)

view: ## what residents' pages weigh on the wire and when they are seen, on a slow phone in Chromium (ARGS=-h)
	go run $(TAGS) ./deploy/load view $(ARGS)

fmt: ## gofmt -s
	@bash .ci/test fmt

clean: ## remove what was built; data and tools stay
	rm -rf bin
