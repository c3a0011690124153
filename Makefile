# The migraine guide. `make` alone lists the targets. Tools are installed on first use, see tests/tools/install.mk.

# Limits of `make size`, in bytes after Brotli 11: a page with its style, which differs by up to 100 with the trial key and the
# digests in it, and the app.
MAX_HTML := 36700
MAX_APP := 89000

# Not by .SHELLFLAGS, which macOS's make does not know.
SHELL := /bin/bash -euo pipefail
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Cargo would look here first for jobs that make shares, then in MAKEFLAGS: there it finds some that make closed, and warns.
export CARGO_MAKEFLAGS :=

include tests/tools/install.mk

# Development keys, the trial copy of the site, and its requests. Ignored by git.
DEV := .dev
KEY := $(DEV)/clinic.public.jwk.json
# The development builds, as in the tests.
INTAKE := target/debug/intake
GUIDE := target/debug/migraine-guide
SITE := $(DEV)/site/index.html
SITE_SOURCES := Cargo.toml Cargo.lock Trunk.toml index.html \
	$(shell find src content style public crates/guide-core/src crates/guide-core/Cargo.toml -type f)
# The trial inbox of the staff, its staff file and the passphrase of that.
INBOX := $(DEV)/inbox/index.html
INBOX_SOURCES := Cargo.toml Cargo.lock style/tokens.css $(shell find crates/inbox crates/clinic-core/src \
	crates/clinic-core/Cargo.toml crates/guide-core/src crates/guide-core/Cargo.toml crates/web-jwe content src/content src/site \
	-type f -not -path '*/tests/*')
STAFF_FILE := $(DEV)/staff-trial.json
STAFF_PASSPHRASE := $(DEV)/staff-trial.passphrase
# For recipes: flags of rustc that keep the builder's paths out of what is published, so that it is the same
# wherever it is built.
WITHOUT_PATHS = --remap-path-prefix=$(CURDIR)=. \
	$$(printf -- '--remap-path-prefix=%s=deps ' "$${CARGO_HOME:-$$HOME/.cargo}"/registry/src/*)
# For recipes: what a browser runs is compiled together with the standard library, and a panic, whose message nobody would
# see there, stops it at once: a tenth of its bytes, see docs/decisions/0006-the-standard-library-is-compiled-along.md.
WITH_STD = RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort \
		--remap-path-prefix=$$(rustc --print sysroot)/lib/rustlib/src/rust=std $(WITHOUT_PATHS)"
# Each with a title. Without backtraces, which would hide the message about a mistake in the content.
TRUNK_BUILD = cargo fetch --quiet --locked; RUST_BACKTRACE=0 $(WITH_STD) $(STEP) '$(1)' trunk --log warn build --release
INBOX_BUILD = cd crates/inbox; $(TRUNK_BUILD)
# What can be made beside each other: each spends a part of its time on one core, or waits for the network.
TOGETHER := --no-print-directory -j2

comma := ,
say = printf '\n== %s\n' '$(1)'

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: serve
serve: PLANNED = $(SITE_TOOLS)
serve: plan openssl ## Build a trial copy and serve it on http://127.0.0.1:8080, embedded on http://localhost:8081; its inbox on http://localhost:8090
	@$(MAKE) $(TOGETHER) $(SITE) $(INBOX)
	@test -f $(DEV)/requests.db || rm -f $(STAFF_FILE)
	@test -f $(STAFF_FILE) || { $(call say,Making a trial staff file and a few trial requests); \
		echo 'this is only a trial inbox' > $(STAFF_PASSPHRASE); \
		target/debug/examples/trial_requests $(DEV)/requests.db $(KEY) 8; \
		$(INTAKE) token revoke --database $(DEV)/requests.db 'Trial Staff' 2>/dev/null || true; \
		$(INTAKE) staff-file --database $(DEV)/requests.db --private $(DEV)/clinic.private.jwk.json --scope admin \
			--new-passphrase-file $(STAFF_PASSPHRASE) --out $(STAFF_FILE) 'Trial Staff'; }
	@$(call say,The guide is at http://127.0.0.1:8080/ (stop with Ctrl-C). Read requests with: make requests)
	@echo '   A site that shows it, of another origin: http://localhost:8081/demo/'
	@echo '   The inbox of the staff: http://localhost:8090/ (staff file $(STAFF_FILE), passphrase: '"$$(cat $(STAFF_PASSPHRASE))"')'
	@echo '   Metrics and readiness: http://127.0.0.1:8090/metrics'
	@node tests/browser/hosts/serve.mjs 8081 http://127.0.0.1:8080 & host=$$!; trap "kill $$host" EXIT; \
	$(INTAKE) serve --listen 127.0.0.1:8080 --operations-listen 127.0.0.1:8090 --database $(DEV)/requests.db --site $(DEV)/site --inbox $(DEV)/inbox --keys $(KEY) \
		--frame-ancestors "'self' http://localhost:8081"

.PHONY: requests
requests: native ## Open the requests that the trial copy received
	@$(INTAKE) open --database $(DEV)/requests.db --private $(DEV)/clinic.private.jwk.json

.PHONY: build
build: tools guide ## Build the site for the clinic of content/clinic.toml into dist, and the inbox of its staff into dist-inbox
	@$(call INBOX_BUILD,Building the inbox into dist-inbox) --dist $(CURDIR)/dist-inbox
	@$(call TRUNK_BUILD,Building the site into dist)
	@$(call say,The digests of its files are in dist.sha256: keep them on another machine$(comma) for intake verify-site)

# Tests of intake whose outcome does not depend on the database.
DATABASE_INDEPENDENT := $(addprefix --skip ,backup:: deploy:: export:: key_files:: lost_machine:: opening:: pages:: restore:: settings:: sqlite:: a_full_disk)

# Twice as many tests at once as there are cores: journeys wait as much as they compute.
.PHONY: test
test: PLANNED = $(SITE_TOOLS) $(TEST_TOOLS)
test: plan test-packages ## Run every test; CI calls this and nothing else
	@$(MAKE) $(TOGETHER) $(SITE_TOOLS) $(TEST_TOOLS) $(SITE) $(INBOX)
	@$(MAKE) --no-print-directory lint size html
	@engines=$$(tests/tools/engines.sh); left_out=''; status=0; export RUST_TEST_THREADS=$$(($$(nproc) * 2)); \
	for engine in chromium firefox webkit; do case " $$engines " in *" $$engine "*) ;; *) left_out="$$left_out --skip _$$engine" ;; esac; done; \
	$(STEP) "Running all tests, in $$engines" cargo test --workspace --lib --bins --tests --no-fail-fast -- $$left_out \
		2>&1 | tee target/test.log || status=$$?; \
	export INTAKE_TEST_DATABASE=postgres; \
	$(STEP) 'Running the tests of intake that use a database once more: on PostgreSQL' \
		cargo test --workspace --test suite --no-fail-fast -- $(DATABASE_INDEPENDENT) \
		2>&1 | tee -a target/test.log || status=$$?; \
	awk '/^test result:/ { passed += $$4; failed += $$6 } END { printf "\n%d passed, %d failed\n", passed, failed }' target/test.log; \
	exit $$status

# Cases of each fuzz test; `make test` runs 256.
CASES := 100000

.PHONY: fuzz
fuzz: toolchain openssl ## Run the fuzz tests of intake longer: CASES=100000 cases each
	@PROPTEST_CASES=$(CASES) cargo test --workspace --test suite -- fuzz::

# Requests stored before memory and listings are measured; 0 skips that.
ROWS := 1000000

.PHONY: bench-intake
bench-intake: toolchain openssl postgres ## Measure intake on both databases beside their bare limits, with ROWS=1000000 stored
	@ROWS=$(ROWS) cargo bench --package intake --bench intake

# Scripts with types in their comments.
TYPED_SCRIPTS := public/embed.js public/embed.d.ts public/embed/builder.js $(wildcard src/scripts/*.js src/scripts/*/*.js src/browser/*.js) \
	src/site/preview/preview.js crates/inbox/start.js \
	$(wildcard tests/browser/scripts/*.ts tests/browser/scripts/*.js tests/browser/hosts/*.js) \
	$(wildcard tests/browser/hosts/*/*.js tests/browser/hosts/*/*.ts)

.PHONY: heard
heard: browser $(SITE) $(INBOX) ## Take what a screen reader is given now as what it is to be given, into tests/browser/heard; read the difference
	@rm -f tests/browser/heard/*.snap
	@INSTA_UPDATE=always $(STEP) 'Listening to every page and screen' cargo test --quiet --workspace --test browser -- journeys::heard::

# Skips the one rule that needs a build of the site.
.PHONY: quick
quick: lint ## Before every commit: formatting, lints, tests of the core, the rendered pages and the rules
	@$(STEP) 'Running the tests of the core' cargo test --quiet --package guide-core --package clinic-core --lib --tests
	@$(STEP) 'Running the tests of the rendered pages and of the rules' \
		cargo test --quiet --workspace --test rendered --test tidy -- --skip nothing_of_the_content_is_compiled_in

.PHONY: lint
lint: toolchain openssl $(NPM_TOOLS) ## Check formatting and lints; warnings are errors
	@cargo fmt --all --check
	@$(STEP) 'Checking native code with Clippy' cargo clippy --quiet --workspace --all-targets -- --deny warnings
	@for package in migraine-guide inbox clinic-core; do \
		$(STEP) "Checking $$package with Clippy, as it runs in browsers" \
			env $(WITH_STD) cargo clippy --quiet --package $$package --target wasm32-unknown-unknown --profile browser -- --deny warnings; \
	done
	@$(STEP) 'Checking the types of scripts' tsc --noEmit --checkJs --strict --target es2022 --module esnext --moduleDetection force --lib es2023,dom,dom.iterable $(TYPED_SCRIPTS)

# The wasm module with the names of its functions.
WASM := target/wasm32-unknown-unknown/browser/migraine-guide.wasm

.PHONY: size
size: $(SITE) $(GUIDE_TOOLS)/twiggy-$(TWIGGY) ## Print the sizes of page and app, and the ten largest functions; fail above the limits
	@cd $(DEV)/site; sum() { cat "$$@" | wc -c; }; over=0; \
	line() { printf '%-22s %7d of %d bytes\n' "$$1" "$$2" "$$3"; [ "$$2" -le "$$3" ] || over=1; }; \
	line 'page with its style' "$$(sum index.html.br)" $(MAX_HTML); \
	line 'app (wasm, glue)' "$$(sum migraine-guide-*_bg.wasm.br migraine-guide-*.js.br)" $(MAX_APP); \
	cd $(CURDIR); echo 'the largest functions, in bytes before wasm-opt and Brotli:'; \
	twiggy top -n 100 -f csv $(WASM) | sed -E 's/\[[0-9a-f]{16}\]//g' | grep -vE '^Name|custom section|subsection|data segment' \
		| sed -nE '1,10s/^"?(.*[^"])"?,([0-9]+),.*$$/\2 \1/p' | cut -c -110; \
	exit $$over

.PHONY: html
html: $(SITE) $(NPM_TOOLS) ## Check the HTML of every page; the rules are in tests/tools/html-validate.mjs
	@find $(DEV)/site -name '*.html' -print0 | xargs -0 $(STEP) 'Checking the HTML of every page' html-validate --config tests/tools/html-validate.mjs

.PHONY: check-content
check-content: toolchain ## Check content/ and explain each mistake: file, line, correction
	@cargo run --quiet --bin migraine-guide -- check

.PHONY: review
review: toolchain ## Write the self-assessment on one page into target/review, for a clinician to read and sign
	@cargo run --quiet --bin migraine-guide -- review

.PHONY: screenshots
screenshots: browser $(SITE) $(INBOX) native ## Take a screenshot of every page and screen into .screenshots; ONLY=name for some
	@$(call say,Taking screenshots (three widths and three themes: about seven minutes))
	@ONLY=$(ONLY) cargo test --quiet --workspace --test browser screenshots:: -- --ignored --nocapture

.PHONY: bench-pages
bench-pages: browser $(SITE) native ## Measure building and reading with longer and more articles
	@$(call say,Building and reading long and many articles (about five minutes))
	@cargo test --quiet --workspace --test browser benches::pages -- --ignored --nocapture

# Visits of each page with each device.
ROUNDS := 5

.PHONY: bench-page
bench-page: browser $(SITE) native ## Measure visits by phone and desktop, beside pages without the app; prints docs/performance.md's tables
	@$(call say,Visiting three pages with two devices$(comma) ROUNDS=$(ROUNDS) times each)
	@ROUNDS=$(ROUNDS) cargo test --quiet --workspace --test browser benches::page:: -- --ignored --nocapture

.PHONY: bench-browser
bench-browser: $(SITE) browser native ## Measure a press in the self-assessment on a slow phone, with 17 and 500 questions
	@cargo test --quiet --workspace --test browser benches::answering -- --ignored --nocapture

.PHONY: bench-inbox
bench-inbox: $(INBOX) browser native ## Measure opening 1,000 requests in the inbox, and its lists with 20,000 stored
	@$(call say,Opening 1$(comma)000 requests$(comma) and changing lists with 20$(comma)000 stored (about three minutes))
	@cargo test --quiet --workspace --test browser benches::inbox -- --ignored --nocapture --test-threads=1

# Includes build dependencies: OpenSSL is there as openssl-src.
.PHONY: sbom
sbom: $(GUIDE_TOOLS)/cyclonedx-$(CYCLONEDX) ## Write the bill of materials of intake (CycloneDX) into target/intake.cdx.json
	@cargo cyclonedx --quiet --manifest-path crates/intake/Cargo.toml --features vendored --format json --spec-version 1.5 \
		--override-filename intake.cdx
	@rm -f crates/guide-core/intake.cdx.json intake.cdx.json
	@mv crates/intake/intake.cdx.json target/intake.cdx.json
	@$(call say,The bill of materials of intake is in target/intake.cdx.json)

# --- releases ---

VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
ARCHIVE := intake-$(VERSION)-x86_64-linux
KIT := migraine-guide-kit-$(VERSION)-x86_64-linux
KIT_WINDOWS := migraine-guide-kit-$(VERSION)-x86_64-windows
STATIC := x86_64-unknown-linux-musl
WINDOWS := x86_64-pc-windows-gnu
# OpenSSL names the folder that it is built in, so that is one and the same for every build. Nobody else can have
# put anything into it: it is made anew.
RELEASE_BUILD := /var/tmp/intake-release-build

# For recipes: OpenSSL and SQLite by musl's compiler, without the builder's paths and time.
STATIC_BUILD = export SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)" CC_x86_64_unknown_linux_musl=musl-gcc \
	CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS="$(WITHOUT_PATHS)"; \
	rustup target add --toolchain "$$(rustup show active-toolchain | cut -d ' ' -f 1)" $(STATIC) 2>/dev/null; \
	cargo fetch --quiet --locked; cargo build --quiet --locked --release --target $(STATIC)
# For recipes: what is built for Windows, without the time of the build in it.
WINDOWS_BUILD = export SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)" \
	CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS="$(WITHOUT_PATHS) -C target-feature=+crt-static -C link-arg=-Wl,--no-insert-timestamp"; \
	$(ADD_WINDOWS); cargo build --quiet --locked --release --target $(WINDOWS)
ADD_WINDOWS = rustup target add --toolchain "$$(rustup show active-toolchain | cut -d ' ' -f 1)" $(WINDOWS) 2>/dev/null; \
	cargo fetch --quiet --locked
# For recipes: packs a folder of target, so that equal files make an equal archive.
PACK = tar --sort=name --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw --mtime="@$$(git log -1 --format=%ct)" \
	-C target -cf - $(1) | gzip -n9 > target/$(1).tar.gz

.PHONY: kit
kit: tools guide musl ## Build the site kit into target: the text is changed and the pages are built without any other tool
	@$(call say,Building the site kit (about four minutes on two cores))
	@export GUIDE_ONLY_APP=1; $(call TRUNK_BUILD,Building the site of the kit) --dist target/kit/site
	@export GUIDE_ONLY_APP=1; $(call INBOX_BUILD,Building the inbox of the kit) --dist $(CURDIR)/target/kit/inbox
	@$(STATIC_BUILD) --bin migraine-guide
	@folder=target/$(KIT); rm -rf $$folder; mkdir -p $$folder; \
	install -m 0755 target/$(STATIC)/release/migraine-guide $$folder/guide; \
	cp -r target/kit/app target/kit/app.sha256 target/kit/inbox-app target/kit/inbox-app.sha256 content LICENSE-APACHE LICENSE-MIT $$folder; \
	mkdir $$folder/docs; cp docs/assessment.md docs/decision-aid.md docs/inbox.md docs/inbox-set-up.md docs/operating.md $$folder/docs; \
	sed -i 's#](site-kit\.md#](../README.md#g' $$folder/docs/*.md; cp -r docs/pictures $$folder/docs; \
	sed -E 's#\]\((assessment|decision-aid|inbox-set-up|operating)\.md#](docs/\1.md#g' docs/site-kit.md > $$folder/README.md
	@$(call PACK,$(KIT))

# With intake, for keys and for requests that are opened without the inbox.
.PHONY: kit-windows
kit-windows: kit mingw ## Build the site kit for Windows into target, with intake
	@$(call say,Building the site kit for Windows (the first time: about ten minutes on two cores))
	@mkdir -m 0700 $(RELEASE_BUILD) || { echo 'Another build runs, or one was cut off: remove that folder, then run this again.' >&2; exit 1; }
	@trap 'rm -rf $(RELEASE_BUILD)' EXIT; export CARGO_BUILD_BUILD_DIR=$(RELEASE_BUILD); \
	$(WINDOWS_BUILD) --package migraine-guide --bin migraine-guide --package intake --bin intake --features intake/vendored
	@folder=target/$(KIT_WINDOWS); rm -rf $$folder $$folder.zip; cp -r target/$(KIT) $$folder; rm $$folder/guide; \
	mv $$folder/README.md $$folder/README.txt; cp src/site/preview/preview.cmd $$folder; \
	install -m 0755 target/$(WINDOWS)/release/migraine-guide.exe $$folder/guide.exe; \
	install -m 0755 target/$(WINDOWS)/release/intake.exe $$folder; \
	find $$folder -exec touch --no-dereference --date="@$$(git log -1 --format=%ct)" {} +; \
	cd target; find $(KIT_WINDOWS) -type f | LC_ALL=C sort | TZ=UTC zip -q -X -@ $(KIT_WINDOWS).zip

.PHONY: check-windows
check-windows: toolchain mingw ## Check that guide and intake compile for Windows
	@$(call say,Compiling guide and intake for Windows (the first time: about ten minutes on two cores))
	@$(ADD_WINDOWS); cargo check --quiet --locked --target $(WINDOWS) --package migraine-guide --bin migraine-guide \
		--package intake --bin intake --features intake/vendored

.PHONY: archive
archive: toolchain musl $(GUIDE_TOOLS)/cyclonedx-$(CYCLONEDX) ## Build a static intake with its units, settings, manual and bill of materials as an archive in target
	@$(call say,Building intake without shared libraries (about five minutes on two cores))
	@mkdir -m 0700 $(RELEASE_BUILD) || { echo 'Another build runs, or one was cut off: remove that folder, then run this again.' >&2; exit 1; }
	@trap 'rm -rf $(RELEASE_BUILD)' EXIT; export CARGO_BUILD_BUILD_DIR=$(RELEASE_BUILD); $(STATIC_BUILD) --package intake --features vendored
	@SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)" $(MAKE) --no-print-directory sbom
	@folder=target/$(ARCHIVE); rm -rf $$folder; mkdir -p $$folder/docs; \
	install -m 0755 target/$(STATIC)/release/intake $$folder; \
	sed "s|file://$(CURDIR)|file://|g" target/intake.cdx.json > $$folder/intake.cdx.json; \
	cp -r crates/intake/deploy LICENSE-APACHE LICENSE-MIT CHANGELOG.md SECURITY.md $$folder; \
	cp docs/inbox.md docs/inbox-set-up.md docs/operating.md docs/threat-model.md docs/privacy-and-law.md $$folder/docs; cp -r docs/pictures $$folder/docs
	@$(call PACK,$(ARCHIVE))

RELEASE := target/release-$(VERSION)
# A private key for ssh-keygen, of the person who releases.
SIGNING_KEY :=

.PHONY: release
release: ## Build the archives of this commit twice in different folders, compare, and sign their checksums with SIGNING_KEY=file
	@test -f '$(SIGNING_KEY)' || { echo 'Give SIGNING_KEY=file: a private key as ssh-keygen -t ed25519 makes it.' >&2; exit 1; }
	@test -z "$$(git status --porcelain)" || { echo 'Commit first: a release is made of a commit.' >&2; exit 1; }
	@rm -rf target/release-builds $(RELEASE); mkdir -p target/release-builds/another $(RELEASE)
	@for folder in target/release-builds/one target/release-builds/another/of-another-length; do \
		git clone --quiet . $$folder; $(MAKE) --no-print-directory -C $$folder archive kit kit-windows TOOLS=$(abspath $(TOOLS)); \
	done
	@for name in $(ARCHIVE).tar.gz $(KIT).tar.gz $(KIT_WINDOWS).zip; do \
		cmp target/release-builds/one/target/$$name target/release-builds/another/of-another-length/target/$$name; \
		mv target/release-builds/one/target/$$name $(RELEASE); \
	done; rm -rf target/release-builds
	@cd $(RELEASE) && sha256sum *.tar.gz *.zip > SHA256SUMS && \
		ssh-keygen -q -Y sign -f '$(abspath $(SIGNING_KEY))' -n migraine-guide-release SHA256SUMS
	@$(call say,The builds are equal. The release is in $(RELEASE); docs/operating.md tells how it is verified)

.PHONY: clean
clean: ## Remove all builds; tools and development keys stay
	@cargo clean --quiet
	@rm -rf dist dist.sha256 dist-inbox dist-inbox.sha256 $(DEV)/site $(DEV)/site.sha256 $(DEV)/inbox $(DEV)/inbox.sha256

# --- the trial copy, with a development key: its requests reach no clinic ---

$(SITE): $(SITE_SOURCES) $(KEY) | tools native
	@export GUIDE_DEVELOPMENT_KEY=$(CURDIR)/$(KEY); $(call TRUNK_BUILD,Building a trial copy of the site into $(DEV)/site) --dist $(DEV)/site
	@touch $@

# After the site, since both builds use the same folders of target.
$(INBOX): $(INBOX_SOURCES) $(KEY) | tools native $(SITE)
	@export GUIDE_DEVELOPMENT_KEY=$(CURDIR)/$(KEY); $(call INBOX_BUILD,Building the trial inbox into $(DEV)/inbox) --dist $(CURDIR)/$(DEV)/inbox
	@touch $@

$(KEY): | native
	@$(call say,Making a development key pair in $(DEV))
	@mkdir -p $(DEV)
	@$(INTAKE) key new --out $(DEV) --name clinic --no-passphrase >/dev/null

# All native programs at once and for the whole workspace, so that their dependencies are compiled once, with the
# features that the tests need as well.
.PHONY: native
native: toolchain openssl
	@$(STEP) 'Building intake and the native program of the guide' \
		cargo build --quiet --workspace --bin intake --bin migraine-guide --example trial_requests

# The program that writes the pages, for what needs no intake.
.PHONY: guide
guide: toolchain
	@$(STEP) 'Building the native program of the guide' cargo build --quiet --bin migraine-guide
