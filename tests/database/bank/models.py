from django.db import models


class Account(models.Model):
    number = models.CharField(max_length=20, unique=True)
    owner = models.CharField(max_length=20)
    balance = models.IntegerField(default=0)
    state = models.CharField(max_length=20, default="new")

    objects: "models.Manager[Account]" = models.Manager()


class Scoped(models.Model):
    bank = models.CharField(max_length=20, default="")
    code = models.CharField(max_length=20, default="")

    class Meta:
        abstract = True
        unique_together = (("bank", "code"),)


class Branch(Scoped):
    """Unique by what it inherits."""

    objects: "models.Manager[Branch]" = models.Manager()


class Card(models.Model):
    """Unique in several ways, some of them under a condition."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="cards")
    branch = models.OneToOneField(Branch, on_delete=models.CASCADE, null=True)
    kind = models.CharField(max_length=20, default="")
    is_main = models.BooleanField(default=False)
    lost_at = models.DateTimeField(null=True)

    objects: "models.Manager[Card]" = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "kind"], name="one_card_of_a_kind"),
            models.UniqueConstraint(fields=["account"], condition=models.Q(is_main=True), name="one_main_card"),
            models.UniqueConstraint(fields=["kind"], condition=models.Q(lost_at__isnull=True), name="one_kind_in_use"),
        )


class Transfer(models.Model):
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="transfers")
    amount = models.IntegerField()

    objects: "models.Manager[Transfer]" = models.Manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(amount__gt=0), name="amount_is_positive"),)
