# The migraine guide. `make` alone lists the targets; `make serve` and `make test` install what
# they need into .tools on first use and say what they are doing.

# Versions of tools stand here and nowhere else (Rust's: rust-toolchain.toml; wasm-bindgen's
# follows Cargo.lock). Trunk.toml names Binaryen's major version; a test holds the two together.
TRUNK := 0.22.1
BINARYEN := 132.0.0
AXE := 4.14.1
WASM_BINDGEN := $(shell sed -n '/^name = "wasm-bindgen"$$/{n;s/version = "\(.*\)"/\1/p;}' Cargo.lock)

TOOLS := $(CURDIR)/.tools
DEV := $(CURDIR)/.dev
export PATH := $(TOOLS)/bin:$(TOOLS)/node_modules/.bin:$(PATH)
# Tools only drive other programs: built without optimization they work as well, in a third of the
# time (Trunk at its own release profile takes 15 minutes on two cores).
FAST := CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
	CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_DEBUG=0

say = @printf '\n== %s\n' "$(1)"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve build test check-content size lint clean toolchain tools browser

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

serve: site intake $(DEV)/clinic.public.jwk.json ## Build the guide and serve it with its intake on http://127.0.0.1:8080
	$(call say,The guide is at http://127.0.0.1:8080/ (stop it with Ctrl-C))
	@echo 'Requests are kept in .dev/requests.db. Read them with: make requests'
	@target/release/intake serve --listen 127.0.0.1:8080 --database $(DEV)/requests.db \
		--site dist --keys $(DEV)/clinic.public.jwk.json
