"""Opens a sealed request with the PyPI package `jwcrypto`: `.tools/venv/bin/python open.py KEY ENVELOPE`
prints the payload. The Makefile installs that Python with the package."""

import pathlib
import sys

from jwcrypto import jwe, jwk

key, envelope = (pathlib.Path(path).read_text("utf-8") for path in sys.argv[1:])
sealed = jwe.JWE()
sealed.deserialize(envelope, jwk.JWK.from_json(key))
sys.stdout.buffer.write(sealed.payload)
