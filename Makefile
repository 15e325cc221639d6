# make run judges the bundled reference server, make selftest the suite itself;
# make test is everything that CI runs, make bench compares a run with a bare
# client.
GO ?= go
export CGO_ENABLED ?= 0

bin/conformance: $(shell find cmd suites fixtures reporters -name '*.go' -o -name '*.yaml' -o -name '*.json' -o -name '*.html' -o -name '*.css' -o -name '*.js') go.mod go.sum
	$(GO) build -ldflags='-s -w' -o $@ ./cmd/conformance

.PHONY: build run test lint selftest bench fuzz clean

build: bin/conformance

run: bin/conformance
	./bin/conformance run

test: lint selftest
	CGO_ENABLED=1 $(GO) test -race -timeout 8m ./...
	GOMAXPROCS=8 $(GO) test -timeout 4m -run='Simulator|WholeSuite|NothingPasses|LittleMemory' ./suites/

# The README shows the score; a line that it does not show is printed.
selftest: bin/conformance
	./bin/conformance selftest >bin/score; status=$$?; cat bin/score; exit $$status
	! grep -vxFf README.md bin/score

lint:
	@unformatted=$$(gofmt -l cmd suites fixtures reporters); test -z "$$unformatted" || { echo "gofmt these: $$unformatted"; exit 1; }
	$(GO) mod verify
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

bench:
	$(GO) test -run='^$$' -bench=. -benchtime=3x ./suites/ ./fixtures/fake/

# FUZZTIME bounds each fuzz target.
FUZZTIME ?= 20s
fuzz:
	@$(GO) list ./... | while read -r package; do \
		$(GO) test -list '^Fuzz' $$package | grep '^Fuzz' | while read -r target; do \
			echo "$$package $$target"; $(GO) test -run='^$$' -fuzz="^$$target$$" -fuzztime=$(FUZZTIME) $$package || exit 1; \
		done || exit 1; \
	done

clean:
	rm -rf bin
