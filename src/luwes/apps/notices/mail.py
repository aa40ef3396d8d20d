"""The way mail goes out: a Protocol, bound by the settings path MAILER."""

import smtplib
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string


class MailRefused(Exception):
    """The mail did not go out now; it may later."""


class Mailer(Protocol):
    """Sends one mail, or raises MailRefused."""

    def send(self, *, address: str, title: str, text: str, path: str) -> None: ...


class SmtpMailer:
    """Through the government's own mail server, as Django's settings name it."""

    def send(self, *, address: str, title: str, text: str, path: str) -> None:
        """One plain mail to one address. Raises MailRefused."""
        body = f"{text}\n\n{settings.SITE_URL}{path}\n" if settings.SITE_URL else f"{text}\n"
        message = EmailMessage(subject=title, body=body, from_email=settings.MAIL_FROM, to=[address])
        try:
            message.send()
        except (OSError, smtplib.SMTPException) as error:
            raise MailRefused(str(error)) from error


def mailer() -> Mailer:
    """The mailer the settings name."""
    made: Mailer = import_string(settings.MAILER)()
    return made
