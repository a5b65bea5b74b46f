from django.db import models


class Owner(models.Model):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=20)

    objects: "models.Manager[Owner]" = models.Manager()


class LockingQuerySet(models.QuerySet["Account"]):
    def locked(self) -> "LockingQuerySet":
        return self.select_for_update()

    def current(self, lock: bool) -> "Account":
        rows = self.select_for_update() if lock else self
        return rows.get()


class Account(models.Model):
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    balance = models.IntegerField(default=0)

    objects = LockingQuerySet.as_manager()
    plain: "models.Manager[Account]" = models.Manager()

    class Meta:
        unique_together = ("owner", "kind")
