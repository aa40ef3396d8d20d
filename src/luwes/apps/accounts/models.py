"""People who sign in, the roles they hold, and the other two ways in: tokens and job links."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from luwes.apps.accounts.roles import Capacity, Job, Role
from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.kept import for_days, permanent


class User(AbstractBaseUser):
    """One person with an account; signs in with e-mail or NIP."""

    retention = permanent(_("akun; dinonaktifkan, tidak dihapus, agar jejak tetap terbaca"))

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    name = models.TextField()
    name_key = models.TextField()
    email = models.EmailField(unique=True, null=True)
    nip = models.CharField(max_length=18, unique=True, null=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # Counts the changes an admin made, so that a stale page is noticed.
    version = models.IntegerField(default=1)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "public_id"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email__isnull=False) | Q(nip__isnull=False), name="user_can_be_named"),
        ]
        indexes = [models.Index(fields=["name_key", "id"], name="user_by_name")]

    def __str__(self) -> str:
        return self.public_id


def _single(expression: Func | F) -> Func:
    """A range holding one bigint, so that gist can compare it without any extension."""
    return Func(
        expression,
        template="int8range(%(expressions)s, %(expressions)s, '[]')",
        output_field=BigIntegerRangeField(),
    )


class RoleAssignment(models.Model):
    """A role held by a person over a scope during a period; corrections insert, never update.

    `scope` is a unit key, opaque here because units live above accounts; "" is the whole government.
    """

    retention = permanent(_("siapa berwenang kapan; dasar setiap keputusan pada jejak"))

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    scope = models.CharField(max_length=16, blank=True, default="")
    capacity = models.CharField(
        max_length=10, choices=[(c.value, c.value) for c in Capacity], default=Capacity.DEFINITIVE.value
    )
    period = DateRangeField()
    basis = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="role_held_once",
                expressions=[
                    (_single(F("user")), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("role"),
                            F("scope"),
                            arg_joiner=" || ':' || ",
                            template="int8range(hashtextextended(%(expressions)s, 0), "
                            "hashtextextended(%(expressions)s, 0), '[]')",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (F("period"), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="role_period_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope}"


class PersonalToken(models.Model):
    """A secret a program sends on behalf of a person; only its digest is kept."""

    retention = for_days(365, "expires_at", _("token lama; pemakaiannya tetap tercatat pada jejak"))

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    assignment = models.ForeignKey(RoleAssignment, on_delete=models.PROTECT)
    name = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.public_id


class JobLink(models.Model):
    """A link that lets a named person without an account do one job for one scope until it expires."""

    retention = for_days(180, "expires_at", _("nama dan jabatan penerima tautan"))

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    digest = models.CharField(max_length=64, unique=True)
    job = models.CharField(max_length=30, choices=[(j.value, j.value) for j in Job])
    scope = models.CharField(max_length=16)
    person_name = models.TextField()
    person_post = models.TextField()
    issued_by = models.CharField(max_length=16)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.public_id


class SignInAttempt(models.Model):
    """A failed sign-in, under keyed digests, so that limits hold across processes."""

    retention = for_days(1, "at", _("pembatas percobaan masuk"))

    subject = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="sign_in_subject")]

    def __str__(self) -> str:
        return self.subject[:8]


class FormReceipt(models.Model):
    """That a form was acted upon and what came of it: an address or an opaque id."""

    retention = for_days(2, "at", _("mencegah formulir yang sama diproses dua kali"))

    digest = models.CharField(max_length=64, unique=True)
    outcome = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:8]
