"""Mail to those who follow a story, a speaker or a search: plain text, one for each development.

The message id is made from the delivery's, so that a mail program shows one that was sent twice
(the desk was killed between sending and noting it) once.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage

from sayso.errors import SourceError

SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """Sends through one server. With a user it goes over TLS, or not at all."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""

    def send(self, to: str, *, id: str, subject: str, text: str) -> None:
        """Send one mail. Raises SourceError when the server does not take it."""
        try:
            message = EmailMessage()
            message["From"], message["To"] = self.sender, to
            message["Subject"] = subject
            message["Message-ID"] = f"<{id}@{self.sender.rpartition('@')[2] or 'sayso'}>"
            message.set_content(text)
            with smtplib.SMTP(self.host, self.port, timeout=SECONDS) as server:
                if self.user:
                    server.starttls()
                    server.login(self.user, self.password)
                server.send_message(message)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise SourceError(f"mail to {to}", str(error) or type(error).__name__) from error
