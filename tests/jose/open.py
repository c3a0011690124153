"""Opens a sealed request with the PyPI package `jwcrypto`: `python3 open.py KEY ENVELOPE` prints
what is in it. The package is in .tools, where the Makefile installs it."""

import pathlib
import sys

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / ".tools" / "python"))

from jwcrypto import jwe, jwk  # noqa: E402

key, envelope = (pathlib.Path(path).read_text("utf-8") for path in sys.argv[1:])
sealed = jwe.JWE()
sealed.deserialize(envelope, jwk.JWK.from_json(key))
sys.stdout.buffer.write(sealed.payload)
