# django_tenants has no types of its own.
from django_tenants.models import TenantMixin as TenantMixin
from django_tenants.test.cases import TenantTestCase as TenantTestCase
from django_tenants.utils import get_public_schema_name as get_public_schema_name
from django_tenants.utils import get_tenant_model as get_tenant_model
from django_tenants.utils import schema_context as schema_context
from django_tenants.utils import tenant_context as tenant_context
