"""The background worker, run as `python -m luwes.config.serve.worker`."""

from typing import cast

from luwes.config.environment import django_ready

GRACE_SECONDS = 5.0


def main() -> None:
    """Work until asked to stop; a job still running after the grace period is aborted and kept as such."""
    django_ready()
    # Exists only once the apps are loaded.
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as worker:
        worker.run_worker(name="luwes", shutdown_graceful_timeout=GRACE_SECONDS)


if __name__ == "__main__":
    main()
