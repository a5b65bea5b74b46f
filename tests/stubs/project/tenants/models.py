"""What TENANT_MODEL names: tenant_schemas_celery asks for it on import."""

from django_tenants.models import DomainMixin, TenantMixin


class Client(TenantMixin):  # type: ignore[misc]
    pass


class Domain(DomainMixin):  # type: ignore[misc]
    pass
