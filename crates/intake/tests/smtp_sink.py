"""A mail server for tests: prints each message that it takes as a line of JSON.

Arguments: the port on loopback, and where it asks for them a user and a password. Ends with its
standard input.
"""

import json
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Sink:
    async def handle_DATA(self, server, session, envelope):
        print(
            json.dumps(
                {
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "message": envelope.content.decode().replace("\r\n", "\n"),
                }
            ),
            flush=True,
        )
        return "250 taken"


def authenticator(user, password):
    expected = (user.encode(), password.encode())

    def check(server, session, envelope, mechanism, given):
        return AuthResult(success=(given.login, given.password) == expected)

    return check


port, *login = sys.argv[1:]
secured = {}
if login:
    secured = {
        "authenticator": authenticator(*login),
        "auth_required": True,
        # It listens on loopback alone.
        "auth_require_tls": False,
    }
sink = Controller(Sink(), hostname="127.0.0.1", port=int(port), **secured)
sink.start()
print("ready", flush=True)
sys.stdin.read()
sink.stop()
