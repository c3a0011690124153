"""A mail server for tests: prints each message that it takes as a line of JSON.

Arguments: the port on loopback, 0 for any free one, and where it asks for them a user and a
password. Says "ready" and its port when it listens. Ends with its standard input.
"""

import json
import socket
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


class Bound(Controller):
    """Listens on a socket that is bound already, so that nobody can take its port before."""

    def __init__(self, handler, bound, **settings):
        host, port = bound.getsockname()
        super().__init__(handler, hostname=host, port=port, **settings)
        self.bound = bound

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self.bound)


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
sink = Bound(Sink(), socket.create_server(("127.0.0.1", int(port))), **secured)
sink.start()
print("ready", sink.port, flush=True)
sys.stdin.read()
sink.stop()
