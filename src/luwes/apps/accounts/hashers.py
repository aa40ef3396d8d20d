"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id at the cost OWASP recommends where memory counts (19 MiB, two passes, one lane).

    Django's own cost is 100 MiB for each attempt: a visitor sending wrong passwords on every thread of the
    web server would take more memory than the rest of the product. Hashes made at another cost still verify.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
