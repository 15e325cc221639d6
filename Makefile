# make run judges the bundled reference server, make selftest the suite itself;
# make test is everything that CI runs but for make test-delivery, which tests what
# the next two deliver. make release VERSION=v1.2.3 builds the archives of a
# release, make module MODULE=git.example/conformance gives the project a name
# under which Go can fetch it. make bench compares a run with a bare client.
GO ?= go
export CGO_ENABLED ?= 0
# As the builds that are shipped, so that all share what is compiled.
export GOFLAGS := $(GOFLAGS) -trimpath

bin/conformance: $(shell find cmd suites fixtures reporters -name '*.go' -o -name '*.yaml' -o -name '*.json' -o -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.sh') go.mod go.sum
	$(GO) build -ldflags='-s -w' -o $@ ./cmd/conformance

.PHONY: scripts hostile build run test test-delivery lint selftest bench fuzz release module clean

build: bin/conformance

run: bin/conformance
	./bin/conformance run

# What judges many servers, which the race detector would make last minutes.
whole = Simulator|WholeSuite|SingleBehaviour|NothingPasses|LittleMemory|MergedShards|ExtraState|ExploreIsComplete|AnotherWay|EveryWrongServer|OldBytes|ScriptsOfMutants|TheGuide|FirstCause|BundledRun|SecretsReachNoOutput|JudgesAlike|EverySeventh

test: lint selftest
	CGO_ENABLED=1 $(GO) test -race -timeout 20m ./...
	GOMAXPROCS=8 $(GO) test -timeout 15m -run='$(whole)' ./suites/ ./suites/internal/explore/ ./suites/trial/ ./cmd/conformance/

# The README shows the score; a line that it does not show is printed.
selftest: bin/conformance
	./bin/conformance selftest >bin/score; status=$$?; cat bin/score; exit $$status
	! grep -vxFf README.md bin/score

# Lines are at most 130 columns long; rows of a table and texts in backquotes may be longer.
wide = length > 130 && /^(\t|func|var|const|type|\/\/)/ && !/^\t*\{.*(\},?|`[^`]*)$$/ { print FILENAME ":" FNR ": longer than 130 columns" }

lint:
	@unformatted=$$(gofmt -l ci cmd suites fixtures reporters); test -z "$$unformatted" || { echo "gofmt these: $$unformatted"; exit 1; }
	@find ci cmd suites fixtures reporters -name '*.go' ! -name '*_test.go' ! -path '*/testdata/*' -exec awk '$(wide)' {} + | (! grep .)
	$(GO) mod verify
	$(GO) vet ./...
	cd ci && $(GO) vet ./...
	$(GO) tool staticcheck ./...

# The script of every failure of twenty red runs, in all shells that there are.
scripts:
	CONFORMANCE_SCRIPTS=20 $(GO) test -timeout 40m -run=Scripts ./suites

# Servers whose every seventh answer is hostile, which takes half an hour.
hostile:
	CONFORMANCE_HOSTILE=all $(GO) test -v -timeout 90m -run=EverySeventh ./suites

test-delivery:
	cd ci && $(GO) test -timeout 20m ./...

release:
	cd ci && $(GO) run ./release .. '$(VERSION)' ../bin/release

# Its own name has no dot, so that no proxy is asked for it by mistake.
OLD = $(shell $(GO) list -m)
module:
	@case '$(MODULE)' in *.*/*) ;; *) echo 'say under which name, such as make module MODULE=git.example/conformance' >&2; exit 2 ;; esac
	grep -rl '"$(OLD)/' --include='*.go' --include='staticcheck.conf' . | xargs sed -i.old 's#"$(OLD)/#"$(MODULE)/#'
	find . -name '*.old' -delete
	$(GO) mod edit -module='$(MODULE)'
	cd ci && $(GO) mod edit -module='$(MODULE)/ci'

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
